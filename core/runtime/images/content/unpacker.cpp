// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/content/unpacker.h"

#include "runtime/images/content/filecopy.h"

#include <QHash>

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr char whiteoutPrefix[] = ".wh.";
constexpr char opaqueMark[] = ".wh..wh..opq";

struct stat statusOf(archive_entry *entry)
{
    struct stat st = *archive_entry_stat(entry);
    st.st_mode = (st.st_mode & ~mode_t(S_IFMT)) | archive_entry_filetype(entry);
    if (!archive_entry_mtime_is_set(entry))
        st.st_mtim = {};
    return st;
}

void setAttributes(int fd, archive_entry *entry)
{
    archive_entry_xattr_reset(entry);
    const char *name = nullptr;
    const void *value = nullptr;
    size_t size = 0;
    while (archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK) {
        if (name && keepsAttribute(name, false))
            ::fsetxattr(fd, name, value, size, 0);
    }
}

} // namespace

Unpacker::Unpacker(ImageRoot root, UnpackLimits limits, Whiteouts whiteouts, Tick tick)
    : m_root(std::move(root)), m_limits(limits), m_whiteouts(whiteouts), m_tick(std::move(tick))
{
}

bool Unpacker::tick(const ArchiveReader &reader)
{
    return !m_tick || m_tick(reader.position(), m_entries);
}

Result<void> Unpacker::addLayer(ArchiveReader &reader, bool later)
{
    m_later = later;
    m_thisLayer.clear();
    for (;;) {
        const Result<archive_entry *> entry = reader.next();
        if (!entry)
            return entry.error();
        if (!*entry)
            return {};
        if (const Result<void> added = addMember(reader, *entry); !added)
            return added;
    }
}

Result<void> Unpacker::addMember(ArchiveReader &reader, archive_entry *entry)
{
    Member member;
    member.name = memberName(entry);
    if (member.name.isEmpty())
        return {ErrorCode::InvalidArgument,
                u"Member %1 of the archive has a name that this system cannot write."_s.arg(
                    m_entries + 1)};
    Result<QByteArrayList> parts = splitMemberName(member.name);
    if (!parts)
        return parts.error();
    member.parts = std::move(*parts);
    member.st = statusOf(entry);
    if (++m_entries > m_limits.maxEntries)
        return {ErrorCode::LimitExceeded,
                u"The archive has more than %1 members."_s.arg(m_limits.maxEntries)};
    if (m_entries % 64 == 0 && !tick(reader))
        return cancelledError();
    if (member.parts.isEmpty())
        return addRootFolder(member);
    if (member.last().startsWith(whiteoutPrefix))
        return whiteout(member);
    if (m_later)
        m_thisLayer.insert(member.parts.join('/'));
    return write(reader, entry, member);
}

Result<void> Unpacker::addRootFolder(const Member &member)
{
    if (!S_ISDIR(member.st.st_mode))
        return memberError(member.name, u"would take the place of the image's root"_s);
    m_folders.append({{}, member.st});
    return {};
}

Result<void> Unpacker::whiteout(Member &member)
{
    const bool keep = m_whiteouts == Whiteouts::Keep;
    const Result<int> parent = m_root.parentOf(member.parts, keep, member.name);
    if (!parent)
        return parent.error();
    member.parent = *parent;
    if (member.parent < 0)
        return {}; // hides nothing
    if (member.last() == opaqueMark)
        return keep ? makeOpaque(member) : clearFolder(member);
    if (member.last().startsWith(".wh..wh."))
        return {}; // other marks of aufs say nothing here
    member.parts.last().remove(0, int(sizeof whiteoutPrefix) - 1);
    if (member.last().isEmpty() || member.last() == "." || member.last() == "..")
        return memberError(member.name, u"hides nothing that has a name"_s);
    if (const Result<void> removed = removeExisting(member); !removed)
        return removed;
    if (keep && ::mknodat(member.parent, member.last().constData(), S_IFCHR, makedev(0, 0)) != 0)
        return memberError(member.name, "could not be written", errno);
    return {};
}

Result<void> Unpacker::makeOpaque(const Member &member)
{
    const UniqueFd folder(::openat(member.parent, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder || ::fsetxattr(folder.get(), opaqueAttribute, "y", 1, 0) != 0)
        return memberError(member.name, "could not be written", errno);
    return {};
}

// All that lower layers have put into the folder; what this layer has put there stays.
Result<void> Unpacker::clearFolder(const Member &member)
{
    const Result<QByteArrayList> names = namesIn(member.parent);
    if (!names)
        return names.error();
    QByteArrayList parts = member.parts;
    for (const QByteArray &name : *names) {
        parts.last() = name;
        if (m_later && m_thisLayer.contains(parts.join('/')))
            continue;
        qint64 removed = 0;
        if (const Result<void> done = removeTree(member.parent, name, removed); !done)
            return done;
    }
    m_root.forget();
    return {};
}

Result<void> Unpacker::removeExisting(const Member &member)
{
    qint64 removed = 0;
    const Result<void> done = removeTree(member.parent, member.last(), removed);
    if (!done)
        return memberError(member.name,
                           u"could not replace what was there: %1"_s.arg(done.error().message));
    if (removed > 0)
        m_root.forget();
    return {};
}

Result<void> Unpacker::write(ArchiveReader &reader, archive_entry *entry, Member &member)
{
    const QByteArray hardLink = memberHardLink(entry);
    const mode_t type = member.st.st_mode & S_IFMT;
    if (hardLink.isNull() && (S_ISCHR(type) || S_ISBLK(type))) {
        if (member.parts.size() < 2 || member.parts.first() != "dev")
            return memberError(member.name,
                               u"is a device, which an image may have below dev/ only"_s);
        ++m_leftOut;
        return {};
    }
    const Result<int> parent = m_root.parentOf(member.parts, true, member.name);
    if (!parent)
        return parent.error();
    member.parent = *parent;
    if (!hardLink.isNull())
        return writeHardLink(hardLink, member);
    switch (type) {
    case S_IFREG:
        return writeFile(reader, entry, member);
    case S_IFDIR:
        return writeFolder(member);
    case S_IFLNK:
        return writeSymbolicLink(entry, member);
    case S_IFIFO:
        if (const Result<void> removed = removeExisting(member); !removed)
            return removed;
        if (::mkfifoat(member.parent, member.last().constData(), 0600) != 0)
            return memberError(member.name, "could not be written", errno);
        return setStatus(member);
    default:
        ++m_leftOut;
        return {};
    }
}

Result<void> Unpacker::tooLarge() const
{
    return {ErrorCode::LimitExceeded,
            u"The archive unpacks to more than %1 bytes."_s.arg(m_limits.maxBytes)};
}

Result<void> Unpacker::writeFile(ArchiveReader &reader, archive_entry *entry, const Member &member)
{
    if (archive_entry_size(entry) > m_limits.maxBytes - m_bytes)
        return tooLarge();
    constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    UniqueFd fd(::openat(member.parent, member.last().constData(), flags, 0600));
    if (!fd && errno == EEXIST) {
        if (const Result<void> removed = removeExisting(member); !removed)
            return removed;
        fd = UniqueFd(::openat(member.parent, member.last().constData(), flags, 0600));
    }
    if (!fd)
        return memberError(member.name, "could not be written", errno);
    if (const Result<void> written = writeData(reader, fd.get(), member); !written)
        return written;
    setAttributes(fd.get(), entry);
    return setStatus(member);
}

Result<void> Unpacker::writeData(ArchiveReader &reader, int fd, const Member &member)
{
    qint64 end = 0;
    for (;;) {
        const void *block = nullptr;
        size_t size = 0;
        la_int64_t offset = 0;
        const int status = archive_read_data_block(reader.handle(), &block, &size, &offset);
        if (status == ARCHIVE_EOF)
            break;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
            return memberError(member.name,
                               u"is cut off or broken: %1"_s.arg(
                                   QString::fromLocal8Bit(archive_error_string(reader.handle()))));
        // Offsets of sparse members are the archive's word too.
        if (offset < 0 || offset > m_limits.maxBytes - m_bytes
            || qint64(size) > m_limits.maxBytes - m_bytes - offset)
            return tooLarge();
        for (size_t done = 0; done < size;) {
            const ssize_t put = ::pwrite(fd, static_cast<const char *>(block) + done, size - done,
                                         offset + off_t(done));
            if (put < 0 && errno == EINTR)
                continue;
            if (put < 0)
                return memberError(member.name, "could not be written", errno);
            done += size_t(put);
        }
        end = offset + qint64(size);
        if (!tick(reader))
            return cancelledError();
    }
    // A sparse member may end in a hole.
    end = std::max<qint64>(end, std::min<qint64>(member.st.st_size, m_limits.maxBytes - m_bytes));
    if (member.st.st_size > 0 && ::ftruncate(fd, end) != 0)
        return memberError(member.name, "could not be written", errno);
    m_bytes += end;
    return {};
}

Result<void> Unpacker::writeFolder(const Member &member)
{
    const char *name = member.last().constData();
    struct stat existing;
    if (::mkdirat(member.parent, name, 0700) != 0) {
        if (errno != EEXIST || ::fstatat(member.parent, name, &existing, AT_SYMLINK_NOFOLLOW) != 0)
            return memberError(member.name, "could not be written", errno);
        if (!S_ISDIR(existing.st_mode)) {
            if (const Result<void> removed = removeExisting(member); !removed)
                return removed;
            if (::mkdirat(member.parent, name, 0700) != 0)
                return memberError(member.name, "could not be written", errno);
        }
    }
    m_folders.append({member.parts, member.st});
    return {};
}

Result<void> Unpacker::writeHardLink(const QByteArray &target, Member &member)
{
    const Result<QByteArrayList> parts = splitMemberName(target);
    const QString shown = QString::fromUtf8(target.left(200));
    if (!parts || parts->isEmpty())
        return memberError(
            member.name, u"is a hard link to \"%1\", which lies outside of the image"_s.arg(shown));
    const Result<int> targetParent = m_root.parentOf(*parts, false, member.name);
    if (!targetParent)
        return targetParent.error();
    const UniqueFd held(*targetParent < 0 ? -1 : ::fcntl(*targetParent, F_DUPFD_CLOEXEC, 0));
    struct stat st;
    if (!held || ::fstatat(held.get(), parts->last().constData(), &st, AT_SYMLINK_NOFOLLOW) != 0
        || S_ISDIR(st.st_mode))
        return memberError(member.name,
                           u"is a hard link to \"%1\", which is no file of the image"_s.arg(shown));
    const Result<int> parent = m_root.parentOf(member.parts, true, member.name);
    if (!parent)
        return parent.error();
    member.parent = *parent;
    struct stat own;
    if (::fstatat(member.parent, member.last().constData(), &own, AT_SYMLINK_NOFOLLOW) == 0) {
        if (own.st_dev == st.st_dev && own.st_ino == st.st_ino)
            return {};
        if (const Result<void> removed = removeExisting(member); !removed)
            return removed;
    }
    if (::linkat(held.get(), parts->last().constData(), member.parent, member.last().constData(), 0)
        != 0)
        return memberError(member.name, "could not be linked", errno);
    return {};
}

Result<void> Unpacker::writeSymbolicLink(archive_entry *entry, const Member &member)
{
    const QByteArray target = memberSymbolicLink(entry);
    if (target.isEmpty())
        return memberError(member.name, u"is a link to nothing"_s);
    if (const Result<void> removed = removeExisting(member); !removed)
        return removed;
    if (::symlinkat(target.constData(), member.parent, member.last().constData()) != 0)
        return memberError(member.name, "could not be written", errno);
    return setStatus(member);
}

Result<void> Unpacker::setStatus(const Member &member)
{
    const Result<bool> given = applyStatus(member.parent, member.last(), member.st);
    if (!given)
        return memberError(member.name,
                           u"could not be given its rights: %1"_s.arg(given.error().message));
    m_ownersKept = m_ownersKept && *given;
    return {};
}

Result<void> Unpacker::finish()
{
    // The deepest first: a folder's own rights may bar the way into it. The last word on one
    // counts.
    QHash<QByteArray, qsizetype> last;
    for (qsizetype i = 0; i < m_folders.size(); ++i)
        last.insert(m_folders.at(i).parts.join('/'), i);
    QList<qsizetype> order = last.values();
    std::sort(order.begin(), order.end(), [this](qsizetype a, qsizetype b) {
        return m_folders.at(a).parts.size() > m_folders.at(b).parts.size();
    });
    for (const qsizetype i : std::as_const(order)) {
        if (const Result<void> finished = finishFolder(m_folders.at(i)); !finished)
            return finished;
    }
    return {};
}

Result<void> Unpacker::finishFolder(const FolderStatus &folder)
{
    int parent = m_root.root();
    QByteArray name = ".";
    if (!folder.parts.isEmpty()) {
        const Result<int> found = m_root.parentOf(folder.parts, false, folder.parts.join('/'));
        if (!found || *found < 0)
            return {}; // a later member has taken it away
        parent = *found;
        name = folder.parts.last();
    }
    struct stat now;
    if (::fstatat(parent, name.constData(), &now, AT_SYMLINK_NOFOLLOW) != 0
        || !S_ISDIR(now.st_mode))
        return {};
    const Result<bool> given = applyStatus(parent, name, folder.st);
    if (!given)
        return given.error();
    m_ownersKept = m_ownersKept && *given;
    return {};
}

} // namespace quarry::runtime
