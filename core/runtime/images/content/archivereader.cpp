// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/content/archivereader.h"

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <clocale>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr size_t blockBytes = 256 * 1024;

Error brokenArchive(archive *handle)
{
    const char *text = archive_error_string(handle);
    return {ErrorCode::InvalidArgument,
            u"The archive is broken or not a tar file: %1."_s.arg(
                text ? QString::fromLocal8Bit(text) : u"it ends early"_s),
            {}};
}

QByteArray firstOf(const char *bytes, const char *utf8)
{
    return bytes ? QByteArray(bytes) : QByteArray(utf8);
}

} // namespace

struct ArchiveReader::Nested {
    archive *outer = nullptr;
    std::array<char, blockBytes> buffer;

    static la_ssize_t read(archive *, void *self, const void **data)
    {
        auto *nested = static_cast<Nested *>(self);
        *data = nested->buffer.data();
        return archive_read_data(nested->outer, nested->buffer.data(), nested->buffer.size());
    }
};

ArchiveReader::ArchiveReader() : m_archive(archive_read_new())
{
    archive *handle = m_archive.get();
    archive_read_support_format_tar(handle);
    archive_read_support_filter_gzip(handle);
    archive_read_support_filter_xz(handle);
    archive_read_support_filter_bzip2(handle);
    archive_read_support_filter_zstd(handle);
    archive_read_support_filter_lz4(handle);
}

ArchiveReader::ArchiveReader(ArchiveReader &&) noexcept = default;
ArchiveReader &ArchiveReader::operator=(ArchiveReader &&) noexcept = default;
ArchiveReader::~ArchiveReader() = default;

void ArchiveReader::Free::operator()(archive *handle) const
{
    archive_read_free(handle);
}

Result<void> ArchiveReader::opened(int status)
{
    if (status != ARCHIVE_OK)
        return brokenArchive(m_archive.get());
    return {};
}

Result<ArchiveReader> ArchiveReader::fromFile(int fd)
{
    ArchiveReader reader;
    if (const Result<void> opened
        = reader.opened(archive_read_open_fd(reader.handle(), fd, blockBytes));
        !opened)
        return opened.error();
    return reader;
}

Result<ArchiveReader> ArchiveReader::fromMember(ArchiveReader &outer)
{
    ArchiveReader reader;
    reader.m_nested = std::make_unique<Nested>();
    reader.m_nested->outer = outer.handle();
    const int status = archive_read_open(reader.handle(), reader.m_nested.get(), nullptr,
                                         &Nested::read, nullptr);
    if (const Result<void> opened = reader.opened(status); !opened)
        return opened.error();
    return reader;
}

Result<archive_entry *> ArchiveReader::next()
{
    archive_entry *entry = nullptr;
    const int status = archive_read_next_header(handle(), &entry);
    if (status == ARCHIVE_EOF)
        return static_cast<archive_entry *>(nullptr);
    // A warning is a header that could be read but for a detail, such as a name in no known
    // charset.
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        return brokenArchive(handle());
    return entry;
}

qint64 ArchiveReader::position() const
{
    return m_nested ? archive_filter_bytes(m_nested->outer, -1)
                    : archive_filter_bytes(handle(), -1);
}

QByteArray memberName(archive_entry *entry)
{
    return firstOf(archive_entry_pathname(entry), archive_entry_pathname_utf8(entry));
}

QByteArray memberHardLink(archive_entry *entry)
{
    return firstOf(archive_entry_hardlink(entry), archive_entry_hardlink_utf8(entry));
}

QByteArray memberSymbolicLink(archive_entry *entry)
{
    return firstOf(archive_entry_symlink(entry), archive_entry_symlink_utf8(entry));
}

Utf8Locale::Utf8Locale()
{
    m_own = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    if (m_own)
        m_before = ::uselocale(static_cast<locale_t>(m_own));
}

Utf8Locale::~Utf8Locale()
{
    if (!m_own)
        return;
    ::uselocale(static_cast<locale_t>(m_before));
    ::freelocale(static_cast<locale_t>(m_own));
}

} // namespace quarry::runtime
