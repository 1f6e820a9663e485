// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which of the host's uids a sandbox of a root server gets: 65,536 of its own, held by a locked
// file that every server of the machine looks at.
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <memory>

namespace quarry::runtime {

// Held until destroyed.
class UidSlice
{
public:
    UidSlice(quint32 first, UniqueFd lock, QByteArray path);
    ~UidSlice();
    UidSlice(const UidSlice &) = delete;
    UidSlice &operator=(const UidSlice &) = delete;

    static constexpr quint32 size = 65536;
    quint32 first() const { return m_first; }

private:
    quint32 m_first;
    UniqueFd m_lock;
    QByteArray m_path;
};

class UidSlices
{
public:
    // Slices out of FIRST…LAST, locked in FOLDER (made when absent; /run/quarry is the machine's).
    UidSlices(QByteArray folder, quint32 first, quint32 last);

    // LimitExceeded when all are taken; Io when FOLDER cannot be used. Some microseconds.
    Result<std::shared_ptr<UidSlice>> take();

    // Removes the files in FOLDER that a killed server left; those in use stay.
    static void removeUnused(const QByteArray &folder);

private:
    Result<std::shared_ptr<UidSlice>> tryIndex(quint32 index) const;

    QByteArray m_folder;
    quint32 m_first;
    quint32 m_count;
};

} // namespace quarry::runtime
