// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Files of this machine that come out of a sandbox, or go into one. All of it blocks.
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <QByteArray>

#include <memory>

namespace quarry::copy {

// A file that is being written: beside its place under another name until it is whole. Destroying
// it before leaves what was there before.
class PartFile
{
public:
    explicit PartFile(QByteArray path) : m_path(std::move(path)) { }
    ~PartFile();
    PartFile(const PartFile &) = delete;
    PartFile &operator=(const PartFile &) = delete;

    Result<void> write(QByteArrayView bytes);
    // Puts it into its place with the permission bits of MODE.
    Result<void> finish(quint32 mode);

private:
    Result<void> open(); // once

    QByteArray m_path;
    QByteArray m_part; // empty: nothing lies there
    UniqueFd m_file;
};

class SourceFile
{
public:
    explicit SourceFile(QByteArray path) : m_path(std::move(path)) { }

    // The next bytes, at most SIZE; empty at the end.
    Result<QByteArray> read(qsizetype size);

private:
    QByteArray m_path;
    UniqueFd m_file;
};

// A folder that is there already is fine; the link to one is none. Ours to write into until all is
// there, whatever MODE says.
Result<void> makeLocalFolder(const QByteArray &path, quint32 mode);
// In the place of a file or link that is there.
Result<void> makeLocalLink(const QByteArray &path, const QByteArray &target);

} // namespace quarry::copy
