// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/datafolder.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace quarry::engine {

using namespace Qt::StringLiterals;

namespace {

Error about(const QString &path, int errnoValue)
{
    Error error = systemError(u"The data folder %1 cannot be used"_s.arg(path), errnoValue);
    error.message += u" Choose another one with --data."_s;
    return error;
}

Result<void> makeFolder(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    const QString parent = path.section(u'/', 0, -2);
    if (!parent.isEmpty() && !QDir().mkpath(parent))
        return about(path, EACCES);
    if (::mkdir(name.constData(), 0700) != 0 && errno != EEXIST)
        return about(path, errno);
    struct stat status{};
    if (::stat(name.constData(), &status) != 0)
        return about(path, errno);
    if (!S_ISDIR(status.st_mode))
        return about(path, ENOTDIR);
    if (status.st_uid != ::geteuid()) {
        return {
            ErrorCode::PermissionDenied,
            u"The data folder %1 belongs to the user %2, not to %3; choose another one with --data."_s
                .arg(path)
                .arg(status.st_uid)
                .arg(::geteuid())};
    }
    if ((status.st_mode & 0077) != 0 && ::chmod(name.constData(), 0700) != 0)
        return about(path, errno);
    return {};
}

} // namespace

Result<DataFolder> DataFolder::take(const QString &path)
{
    DataFolder folder;
    folder.m_path = QDir::cleanPath(QDir(path).absolutePath());
    if (const auto made = makeFolder(folder.m_path); !made)
        return made.error();

    const QByteArray file = QFile::encodeName(folder.m_path + u"/engine.lock"_s);
    folder.m_lock.reset(::open(file.constData(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!folder.m_lock)
        return about(folder.m_path, errno);
    if (::flock(folder.m_lock.get(), LOCK_EX | LOCK_NB) != 0) {
        char pid[32] = {};
        const ssize_t length = ::pread(folder.m_lock.get(), pid, sizeof pid - 1, 0);
        return {
            ErrorCode::WrongState,
            u"The data folder %1 is in use by the engine with pid %2; stop it, or choose another one with --data."_s
                .arg(folder.m_path,
                     length > 0 ? QString::fromLatin1(pid).trimmed() : u"unknown"_s)};
    }
    const QByteArray pid = QByteArray::number(::getpid()) + '\n';
    if (::ftruncate(folder.m_lock.get(), 0) != 0
        || ::pwrite(folder.m_lock.get(), pid.constData(), size_t(pid.size()), 0) != pid.size())
        return about(folder.m_path, errno);
    return folder;
}

} // namespace quarry::engine
