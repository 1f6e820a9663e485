// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// libarchive's reader with an owner: tar in plain, gzip, xz, bzip2, zstd or lz4 form, nothing else,
// and never an outside program.
#pragma once

#include "base/result.h"

#include <QByteArray>

#include <memory>

struct archive;
struct archive_entry;

namespace quarry::runtime {

class ArchiveReader
{
public:
    // FD must be seekable; it is read from where it stands and stays the caller's.
    static Result<ArchiveReader> fromFile(int fd);
    // The current member of OUTER is an archive itself. OUTER must stay where it is meanwhile.
    static Result<ArchiveReader> fromMember(ArchiveReader &outer);

    // The next member; null at the end. It is valid until the next call. A broken or cut archive is
    // InvalidArgument.
    Result<archive_entry *> next();
    // Bytes of the outermost file read so far.
    qint64 position() const;
    archive *handle() const { return m_archive.get(); }

private:
    struct Free {
        void operator()(archive *handle) const;
    };
    struct Nested;

    ArchiveReader();
    Result<void> opened(int status);

    std::unique_ptr<Nested> m_nested; // outlives the archive that reads through it
    std::unique_ptr<archive, Free> m_archive;

public:
    ArchiveReader(ArchiveReader &&) noexcept;
    ArchiveReader &operator=(ArchiveReader &&) noexcept;
    ~ArchiveReader();
};

// The member's name in bytes as it stands in the archive; null when it cannot be told.
QByteArray memberName(archive_entry *entry);
QByteArray memberHardLink(archive_entry *entry); // null: it is none
QByteArray memberSymbolicLink(archive_entry *entry);

// Makes names with any bytes readable for libarchive on this thread, whatever the process's locale
// is.
class Utf8Locale
{
public:
    Utf8Locale();
    ~Utf8Locale();
    Utf8Locale(const Utf8Locale &) = delete;
    Utf8Locale &operator=(const Utf8Locale &) = delete;

private:
    void *m_own = nullptr;
    void *m_before = nullptr;
};

} // namespace quarry::runtime
