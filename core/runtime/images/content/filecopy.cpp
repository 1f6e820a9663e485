// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/images/content/filecopy.h"

#include "runtime/images/content/tree.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/xattr.h>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace quarry::runtime {

namespace {

constexpr qint64 stepBytes = 8 << 20;

// By hand, where the kernel cannot copy between these two files.
ssize_t copyByHand(int from, int to, off_t at, size_t count)
{
    std::array<char, 128 * 1024> buffer;
    const ssize_t got = ::pread(from, buffer.data(), std::min(count, buffer.size()), at);
    for (ssize_t done = 0; done < got;) {
        const ssize_t put = ::pwrite(to, buffer.data() + done, size_t(got - done), at + done);
        if (put < 0)
            return -1;
        done += put;
    }
    return got;
}

bool notForTheKernel(int errnoValue)
{
    return errnoValue == EXDEV || errnoValue == ENOSYS || errnoValue == EOPNOTSUPP
        || errnoValue == EINVAL;
}

// [from, to) holds data. 0 in the value: the source has become shorter.
Result<bool> copyRange(int from, int to, off_t begin, off_t end,
                       const std::function<bool(qint64)> &tick)
{
    bool byKernel = true;
    while (begin < end) {
        const size_t count = size_t(std::min<qint64>(end - begin, stepBytes));
        off_t in = begin;
        off_t out = begin;
        ssize_t done = byKernel ? ::copy_file_range(from, &in, to, &out, count, 0)
                                : copyByHand(from, to, begin, count);
        if (done < 0 && byKernel && notForTheKernel(errno)) {
            byKernel = false;
            continue;
        }
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return systemError(u"A file could not be copied"_s, errno);
        if (done == 0)
            return false;
        begin += done;
        if (tick && !tick(done))
            return cancelledError();
    }
    return true;
}

} // namespace

bool keepsAttribute(const QByteArray &name, bool layer)
{
    if (!name.startsWith("user."))
        return false;
    if (!name.startsWith("user.overlay."))
        return true;
    return layer && (name == opaqueAttribute || name == "user.overlay.whiteout");
}

Result<void> copyBytes(int from, int to, qint64 size, const std::function<bool(qint64)> &tick)
{
    if (size == 0)
        return {};
    if (::ioctl(to, FICLONE, from) == 0)
        return tick && !tick(size) ? Result<void>(cancelledError()) : Result<void>();
    off_t at = 0;
    while (at < size) {
        const off_t data = ::lseek(from, at, SEEK_DATA);
        if (data < 0 && errno == ENXIO)
            break; // a hole up to the end
        const off_t begin = data < 0 ? at : std::min<off_t>(data, size);
        const off_t hole = data < 0 ? -1 : ::lseek(from, begin, SEEK_HOLE);
        const off_t end = hole < 0 ? size : std::min<off_t>(hole, size);
        const Result<bool> copied = copyRange(from, to, begin, end, tick);
        if (!copied)
            return copied.error();
        if (!*copied)
            return {};
        at = end;
    }
    if (::ftruncate(to, size) != 0)
        return systemError(u"A file could not be copied"_s, errno);
    return {};
}

void copyAttributes(int from, int to, bool layer)
{
    std::array<char, 4096> names;
    const ssize_t length = ::flistxattr(from, names.data(), names.size());
    for (ssize_t at = 0; at < length;) {
        const QByteArray name(names.data() + at);
        at += name.size() + 1;
        if (!keepsAttribute(name, layer))
            continue;
        std::vector<char> value(64 * 1024);
        const ssize_t size = ::fgetxattr(from, name.constData(), value.data(), value.size());
        if (size >= 0)
            ::fsetxattr(to, name.constData(), value.data(), size_t(size), 0);
    }
}

Result<bool> applyStatus(int parent, const QByteArray &name, const struct stat &st)
{
    const char *path = name.constData();
    bool ownerGiven = true;
    if (::fchownat(parent, path, st.st_uid, st.st_gid, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno != EPERM && errno != EINVAL)
            return systemError(u"\"%1\" could not be written"_s.arg(QString::fromLocal8Bit(name)),
                               errno);
        ownerGiven = false;
    }
    // After the owner: giving a file away takes its set-user-id bit.
    if (!S_ISLNK(st.st_mode) && ::fchmodat(parent, path, st.st_mode & 07777, 0) != 0)
        return systemError(u"\"%1\" could not be written"_s.arg(QString::fromLocal8Bit(name)),
                           errno);
    const std::array<timespec, 2> times{st.st_mtim, st.st_mtim};
    ::utimensat(parent, path, times.data(), AT_SYMLINK_NOFOLLOW);
    return ownerGiven;
}

} // namespace quarry::runtime
