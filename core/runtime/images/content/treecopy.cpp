// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/content/treecopy.h"

#include "runtime/images/content/filecopy.h"

#include <QFile>
#include <QHash>

#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr int deepestCopied = 400; // two descriptors each
constexpr uid_t overflowId = 65534;

bool isWhiteout(const struct stat &st)
{
    return S_ISCHR(st.st_mode) && st.st_rdev == makedev(0, 0);
}

// True in a user namespace that maps less than all ids (user_namespaces(7)).
bool seesFewOwners()
{
    QFile map(u"/proc/self/uid_map"_s);
    return map.open(QIODevice::ReadOnly) && !map.readLine().simplified().endsWith(" 4294967295");
}

bool changed(const struct stat &before, const struct stat &after)
{
    return before.st_size != after.st_size || before.st_mtim.tv_sec != after.st_mtim.tv_sec
        || before.st_mtim.tv_nsec != after.st_mtim.tv_nsec;
}

class Copier
{
public:
    Copier(const TreeCopyOptions &options, const Tick &tick) : m_options(options), m_tick(tick) { }

    TreeCopyResult result;

    Result<void> start(const QByteArray &from, const QByteArray &to)
    {
        const UniqueFd source(::open(from.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        struct stat st;
        if (!source || ::fstat(source.get(), &st) != 0)
            return systemError(QString::fromLocal8Bit(from), errno);
        m_target = UniqueFd(::open(to.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
        struct stat target;
        if (!m_target || ::fstat(m_target.get(), &target) != 0)
            return systemError(QString::fromLocal8Bit(to), errno);
        m_device = st.st_dev;
        m_targetDevice = target.st_dev;
        m_targetInode = target.st_ino;
        if (const Result<void> copied = copyFolder(source.get(), m_target.get(), {}, 0); !copied)
            return copied;
        copyAttributes(source.get(), m_target.get(), m_options.layer);
        return finish(m_target.get(), ".", st, {});
    }

private:
    Error failure(const QByteArray &path, int errnoValue) const
    {
        return systemError(u"\"%1\" could not be copied"_s.arg(QString::fromLocal8Bit(path)),
                           errnoValue);
    }

    Result<void> copyFolder(int from, int to, const QByteArray &path, int depth)
    {
        if (depth > deepestCopied)
            return {
                ErrorCode::LimitExceeded,
                u"\"%1\" lies deeper than %2 folders."_s.arg(QString::fromLocal8Bit(path.left(200)))
                    .arg(deepestCopied)};
        const Result<QByteArrayList> names = namesIn(from);
        if (!names)
            return failure(path, EIO);
        for (const QByteArray &name : *names) {
            const QByteArray below = path.isEmpty() ? name : path + '/' + name;
            if (const Result<void> copied = copyEntry(from, to, name, below, depth); !copied)
                return copied;
        }
        return {};
    }

    Result<void> copyEntry(int from, int to, const QByteArray &name, const QByteArray &path,
                           int depth)
    {
        struct stat st;
        if (::fstatat(from, name.constData(), &st, AT_SYMLINK_NOFOLLOW) != 0)
            return errno == ENOENT ? leaveOut() : Result<void>(failure(path, errno));
        if (st.st_dev == m_targetDevice && st.st_ino == m_targetInode)
            return {};
        if (++result.entries > m_options.maxEntries)
            return {ErrorCode::LimitExceeded,
                    u"There are more than %1 files."_s.arg(m_options.maxEntries)};
        if (m_tick && result.entries % 64 == 0 && !m_tick(result.bytes, result.entries))
            return cancelledError();
        if (!S_ISDIR(st.st_mode) && st.st_nlink > 1 && linkKnown(to, name, st))
            return {};
        Result<void> copied = copyByType(from, to, name, path, st, depth);
        if (copied && !S_ISDIR(st.st_mode) && st.st_nlink > 1 && path.size() < PATH_MAX)
            m_links.insert({st.st_dev, st.st_ino}, path);
        return copied;
    }

    Result<void> copyByType(int from, int to, const QByteArray &name, const QByteArray &path,
                            const struct stat &st, int depth)
    {
        switch (st.st_mode & S_IFMT) {
        case S_IFDIR:
            return copySubfolder(from, to, name, path, st, depth);
        case S_IFREG:
            return copyFile(from, to, name, path);
        case S_IFLNK:
            return copyLink(from, to, name, path, st);
        case S_IFIFO:
            if (::mkfifoat(to, name.constData(), 0600) != 0)
                return failure(path, errno);
            return finish(to, name, st, path);
        case S_IFCHR:
        case S_IFBLK:
            return copyDevice(to, name, path, st);
        default:
            return leaveOut(); // a socket: who listens on it is not copied
        }
    }

    Result<void> copyDevice(int to, const QByteArray &name, const QByteArray &path,
                            const struct stat &st)
    {
        if (m_options.layer && isWhiteout(st)) {
            if (::mknodat(to, name.constData(), S_IFCHR, makedev(0, 0)) != 0)
                return failure(path, errno);
            return {};
        }
        if (m_options.layer || path.startsWith("dev/"))
            return leaveOut();
        return {
            ErrorCode::InvalidArgument,
            u"\"%1\" is a device: an image may have them below dev/ only, where they are left out."_s
                .arg(QString::fromLocal8Bit(path))};
    }

    Result<void> copySubfolder(int from, int to, const QByteArray &name, const QByteArray &path,
                               const struct stat &st, int depth)
    {
        if (::mkdirat(to, name.constData(), 0700) != 0)
            return failure(path, errno);
        const UniqueFd target(
            ::openat(to, name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (!target)
            return failure(path, errno);
        if (st.st_dev == m_device) {
            const UniqueFd source(
                ::openat(from, name.constData(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
            if (!source && errno != ENOENT)
                return failure(path, errno);
            if (source) {
                if (const Result<void> copied
                    = copyFolder(source.get(), target.get(), path, depth + 1);
                    !copied)
                    return copied;
                copyAttributes(source.get(), target.get(), m_options.layer);
            }
        }
        return finish(to, name, st, path);
    }

    Result<void> copyFile(int from, int to, const QByteArray &name, const QByteArray &path)
    {
        const UniqueFd source(
            ::openat(from, name.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
        if (!source)
            return errno == ENOENT || errno == ELOOP ? leaveOut()
                                                     : Result<void>(failure(path, errno));
        const UniqueFd target(
            ::openat(to, name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!target)
            return failure(path, errno);
        struct stat before;
        const qint64 bytesBefore = result.bytes;
        for (int attempt = 0;; ++attempt) {
            if (::fstat(source.get(), &before) != 0 || !S_ISREG(before.st_mode))
                return leaveOut();
            if (bytesBefore + before.st_size > m_options.maxBytes)
                return {ErrorCode::LimitExceeded,
                        u"The files are larger than %1 bytes."_s.arg(m_options.maxBytes)};
            const auto tick = [this](qint64 step) {
                result.bytes += step;
                return !m_tick || m_tick(result.bytes, result.entries);
            };
            if (const Result<void> copied
                = copyBytes(source.get(), target.get(), before.st_size, tick);
                !copied)
                return named(copied.error(), path);
            result.bytes = bytesBefore + before.st_size; // holes count as read
            struct stat after;
            if (attempt > 0 || ::fstat(source.get(), &after) != 0 || !changed(before, after))
                break;
        }
        copyAttributes(source.get(), target.get(), m_options.layer);
        return finish(to, name, before, path);
    }

    Result<void> copyLink(int from, int to, const QByteArray &name, const QByteArray &path,
                          const struct stat &st)
    {
        std::array<char, PATH_MAX> text;
        const ssize_t length = ::readlinkat(from, name.constData(), text.data(), text.size() - 1);
        if (length < 0)
            return errno == ENOENT || errno == EINVAL ? leaveOut()
                                                      : Result<void>(failure(path, errno));
        text[size_t(length)] = 0;
        if (::symlinkat(text.data(), to, name.constData()) != 0)
            return failure(path, errno);
        return finish(to, name, st, path);
    }

    // A second name of a file that is copied already.
    bool linkKnown(int to, const QByteArray &name, const struct stat &st)
    {
        const auto known = m_links.constFind({st.st_dev, st.st_ino});
        return known != m_links.cend()
            && ::linkat(m_target.get(), known->constData(), to, name.constData(), 0) == 0;
    }

    Result<void> finish(int parent, const QByteArray &name, struct stat st, const QByteArray &path)
    {
        // An owner that this namespace cannot name is shown as nobody; in an image root had it.
        if (!m_options.layer && m_mapped) {
            st.st_uid = st.st_uid == overflowId ? 0 : st.st_uid;
            st.st_gid = st.st_gid == overflowId ? 0 : st.st_gid;
        }
        const Result<bool> given = applyStatus(parent, name, st);
        if (!given)
            return named(given.error(), path);
        result.ownersKept = result.ownersKept && *given;
        return {};
    }

    static Error named(Error error, const QByteArray &path)
    {
        if (error.code != ErrorCode::Cancelled)
            error.message = u"\"%1\": %2"_s.arg(QString::fromLocal8Bit(path), error.message);
        return error;
    }

    Result<void> leaveOut()
    {
        ++result.leftOut;
        return {};
    }

    const TreeCopyOptions &m_options;
    const Tick &m_tick;
    bool m_mapped = seesFewOwners();
    UniqueFd m_target;
    dev_t m_device = 0;
    dev_t m_targetDevice = 0;
    ino_t m_targetInode = 0;
    QHash<std::pair<quint64, quint64>, QByteArray> m_links;
};

} // namespace

Result<TreeCopyResult> copyTree(const QByteArray &from, const QByteArray &to,
                                const TreeCopyOptions &options, const Tick &tick)
{
    Copier copier(options, tick);
    if (const Result<void> copied = copier.start(from, to); !copied)
        return copied.error();
    return copier.result;
}

} // namespace quarry::runtime
