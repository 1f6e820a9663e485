// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/auth/tokenfile.h"

#include "base/ids.h"
#include "base/uniquefd.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

namespace quarry::api {

using namespace Qt::StringLiterals;

namespace {

constexpr int shortestToken = 32;
constexpr qsizetype longestFile = 4096;

Result<void> makeFolder(const QString &folder)
{
    if (QFileInfo::exists(folder))
        return {};
    if (!QDir().mkpath(QFileInfo(folder).absolutePath())
        || (::mkdir(QFile::encodeName(folder).constData(), 0700) != 0 && errno != EEXIST))
        return systemError(u"the token file's folder %1 cannot be made"_s.arg(folder), errno);
    return {};
}

// The file appears whole or not at all: another program may start at the same moment. True when it
// was made here, false when it stands there already.
Result<bool> place(const QString &path, const QByteArray &line)
{
    const auto because
        = [&path] { return systemError(u"the token file %1 cannot be made"_s.arg(path), errno); };
    const QByteArray folder = QFile::encodeName(QFileInfo(path).absolutePath());
    UniqueFd file(::open(folder.constData(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0600));
    const bool named = !file; // some file systems know no files without a name
    if (named)
        file.reset(::open(QFile::encodeName(path).constData(),
                          O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file)
        return errno == EEXIST ? Result<bool>(false) : Result<bool>(because());
    if (::write(file.get(), line.constData(), size_t(line.size())) != line.size()
        || ::fsync(file.get()) != 0) {
        const Error error = because();
        if (named)
            ::unlink(QFile::encodeName(path).constData());
        return error;
    }
    if (named)
        return true;
    const QByteArray nameless = "/proc/self/fd/" + QByteArray::number(file.get());
    if (::linkat(AT_FDCWD, nameless.constData(), AT_FDCWD, QFile::encodeName(path).constData(),
                 AT_SYMLINK_FOLLOW)
        == 0)
        return true;
    return errno == EEXIST ? Result<bool>(false) : Result<bool>(because());
}

Result<void> checkOwnership(const QString &path, int descriptor)
{
    struct stat about = {};
    if (::fstat(descriptor, &about) != 0)
        return systemError(u"the token file %1 cannot be read"_s.arg(path), errno);
    if (!S_ISREG(about.st_mode))
        return Error{
            ErrorCode::InvalidArgument, u"the token file %1 is not a plain file"_s.arg(path), {}};
    if (about.st_uid != ::geteuid() && about.st_uid != 0)
        return Error{
            ErrorCode::PermissionDenied,
            u"the token file %1 belongs to another user (uid %2)"_s.arg(path).arg(about.st_uid),
            {}};
    if ((about.st_mode & 0077) != 0)
        return Error{
            ErrorCode::PermissionDenied,
            u"the token file %1 can be read or changed by other users (mode %2): chmod 600 it, "
            "and change the token, since others may know it"_s.arg(path)
                .arg(about.st_mode & 07777, 4, 8, '0'_L1),
            {}};
    return {};
}

Result<QByteArray> readToken(const QString &path, int descriptor)
{
    QByteArray text(longestFile + 1, Qt::Uninitialized);
    qsizetype size = 0;
    while (size < text.size()) {
        const ssize_t got = ::read(descriptor, text.data() + size, size_t(text.size() - size));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemError(u"the token file %1 cannot be read"_s.arg(path), errno);
        if (got == 0)
            break;
        size += got;
    }
    text.truncate(size);
    if (size > longestFile)
        return Error{ErrorCode::InvalidArgument,
                     u"the token file %1 is longer than a token"_s.arg(path),
                     {}};
    const QByteArray token = text.trimmed();
    if (token.size() < shortestToken)
        return Error{
            ErrorCode::InvalidArgument,
            token.isEmpty()
                ? u"the token file %1 is empty: remove it, and a new token is made"_s.arg(path)
                : u"the token in %1 is shorter than 32 characters"_s.arg(path),
            {}};
    if (!std::all_of(token.begin(), token.end(), [](char c) { return c > 0x20 && c < 0x7f; }))
        return Error{
            ErrorCode::InvalidArgument,
            u"the token in %1 holds other characters than printable ASCII without spaces"_s.arg(
                path),
            {}};
    return token;
}

} // namespace

Result<QByteArray> readOrMakeToken(const QString &path)
{
    // Not blocking: the name may be a FIFO's.
    const auto open = [&path] {
        return UniqueFd(
            ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    };
    UniqueFd file = open();
    if (!file && errno == ENOENT) {
        if (const Result<void> made = makeFolder(QFileInfo(path).absolutePath()); !made)
            return made.error();
        const QByteArray token = randomHex(32).toLatin1();
        const Result<bool> placed = place(path, token + '\n');
        if (!placed)
            return placed.error();
        if (*placed)
            return token;
        file = open();
    }
    if (!file)
        return systemError(u"the token file %1 cannot be read"_s.arg(path), errno);
    if (const Result<void> good = checkOwnership(path, file.get()); !good)
        return good.error();
    return readToken(path, file.get());
}

} // namespace quarry::api
