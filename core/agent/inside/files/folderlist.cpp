// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/files/folderlist.h"

#include "agent/inside/files/fileinfo.h"

#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <string_view>

namespace quarry::agent {

namespace {

constexpr std::size_t pageBytes = payloadMax - 1024;
constexpr std::size_t entryBytes = 64; // without name and target

} // namespace

int listFolder(const std::string &path, std::uint64_t cursor, FileList &out)
{
    const std::unique_ptr<DIR, int (*)(DIR *)> folder(opendir(path.c_str()), closedir);
    if (!folder)
        return errno;
    if (cursor != 0)
        seekdir(folder.get(), static_cast<long>(cursor));
    std::size_t bytes = 0;
    for (;;) {
        const long place = telldir(folder.get());
        errno = 0;
        const dirent *entry = readdir(folder.get());
        if (!entry)
            return errno;
        const std::string name = entry->d_name;
        struct stat status{};
        if (name == "." || name == ".."
            || fstatat(dirfd(folder.get()), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
            continue; // the last: it has gone meanwhile
        FileInfo info = toFileInfo(status, name);
        if (info.type == FileInfo::Type::Link)
            info.target = linkTarget(dirfd(folder.get()), name);
        bytes += entryBytes + info.name.size() + info.target.size();
        if (bytes > pageBytes) {
            out.next = static_cast<std::uint64_t>(place);
            return 0;
        }
        out.entries.push_back(std::move(info));
    }
}

} // namespace quarry::agent
