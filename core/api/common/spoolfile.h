// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A place for bytes on their way: in memory while they are few, then in a file that has no name.
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace quarry::api {

// Nothing is left behind, however the program ends.
class SpoolFile
{
public:
    // FOLDER must exist. INMEMORY bytes stay in memory.
    explicit SpoolFile(QString folder, qint64 inMemory = 1 << 20);

    // NoSpace, Io.
    Result<void> append(QByteArrayView data);
    void clear();
    qint64 size() const { return m_size; }
    // Up to MOST bytes from OFFSET; empty at the end.
    Result<QByteArray> read(qint64 offset, qsizetype most) const;

private:
    Result<void> moveToFile();
    Result<void> writeAll(QByteArrayView data);

    QString m_folder;
    qint64 m_inMemory;
    QByteArray m_memory;
    UniqueFd m_file;
    qint64 m_size = 0;
};

} // namespace quarry::api
