// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/files/fileinfo.h"

#include <cerrno>
#include <unistd.h>

namespace quarry::agent {

namespace {

FileInfo::Type typeOf(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG:
        return FileInfo::Type::File;
    case S_IFDIR:
        return FileInfo::Type::Folder;
    case S_IFLNK:
        return FileInfo::Type::Link;
    case S_IFIFO:
        return FileInfo::Type::Fifo;
    case S_IFSOCK:
        return FileInfo::Type::Socket;
    default:
        return FileInfo::Type::Device;
    }
}

} // namespace

FileInfo toFileInfo(const struct stat &status, std::string name)
{
    FileInfo info;
    info.type = typeOf(status.st_mode);
    info.mode = status.st_mode & 07777;
    info.uid = status.st_uid;
    info.gid = status.st_gid;
    info.size = static_cast<std::uint64_t>(status.st_size);
    info.modified = std::int64_t(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec;
    info.name = std::move(name);
    return info;
}

std::string linkTarget(int folder, const std::string &name)
{
    std::string target(filePathMax, '\0');
    const ssize_t size = readlinkat(folder, name.c_str(), target.data(), target.size());
    target.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return target;
}

Failure notRegular(const std::string &path, const struct stat &status)
{
    switch (typeOf(status.st_mode)) {
    case FileInfo::Type::Folder:
        return Failure::system(EISDIR, quotedPath(path));
    case FileInfo::Type::Fifo:
        return Failure::of(Failure::Kind::Invalid,
                           quotedPath(path) + " is a FIFO, not a regular file.");
    case FileInfo::Type::Socket:
        return Failure::of(Failure::Kind::Invalid,
                           quotedPath(path) + " is a socket, not a regular file.");
    default:
        return Failure::of(Failure::Kind::Invalid,
                           quotedPath(path) + " is a device, not a regular file.");
    }
}

std::string quotedPath(const std::string &path)
{
    return '"' + path + '"';
}

int makeFolders(const std::string &path, mode_t mode)
{
    for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
        const bool last = end == std::string::npos;
        if (mkdir(path.substr(0, end).c_str(), last ? mode : 0755) != 0 && errno != EEXIST)
            return errno;
        if (last)
            break;
    }
    struct stat status{};
    if (stat(path.c_str(), &status) != 0)
        return errno;
    return S_ISDIR(status.st_mode) ? 0 : ENOTDIR;
}

} // namespace quarry::agent
