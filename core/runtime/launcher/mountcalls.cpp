// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mountcalls.h"

#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <linux/mount.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace quarry::launcher {

int cloneTree(const std::string &path, bool recursive)
{
    const unsigned flags = OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | (recursive ? AT_RECURSIVE : 0);
    return int(syscall(SYS_open_tree, AT_FDCWD, path.c_str(), flags));
}

static bool setAttributes(int tree, const mount_attr &attributes, bool recursive)
{
    const unsigned flags = AT_EMPTY_PATH | (recursive ? AT_RECURSIVE : 0);
    return syscall(SYS_mount_setattr, tree, "", flags, &attributes, sizeof attributes) == 0;
}

bool idmapTree(int tree, int userns, bool recursive)
{
    mount_attr attributes{};
    attributes.attr_set = MOUNT_ATTR_IDMAP;
    attributes.userns_fd = uint64_t(userns);
    return setAttributes(tree, attributes, recursive);
}

bool hardenTree(int tree, bool readOnly)
{
    mount_attr attributes{};
    attributes.attr_set = MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | (readOnly ? MOUNT_ATTR_RDONLY : 0);
    return setAttributes(tree, attributes, true);
}

bool attachTree(int tree, const std::string &target)
{
    return syscall(SYS_move_mount, tree, "", AT_FDCWD, target.c_str(), MOVE_MOUNT_F_EMPTY_PATH)
        == 0;
}

bool attachTree(int tree, int target)
{
    return syscall(SYS_move_mount, tree, "", target, "",
                   MOVE_MOUNT_F_EMPTY_PATH | MOVE_MOUNT_T_EMPTY_PATH)
        == 0;
}

int openInRoot(int root, const std::string &path, int flags, mode_t mode)
{
    open_how how{};
    how.flags = uint64_t(flags | O_CLOEXEC);
    how.mode = mode;
    how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
    return int(syscall(SYS_openat2, root, path.c_str(), &how, sizeof how));
}

bool plainFolder(int root, const char *name, mode_t mode)
{
    struct stat info;
    if (fstatat(root, name, &info, AT_SYMLINK_NOFOLLOW) == 0) {
        if (S_ISDIR(info.st_mode))
            return true;
        if (unlinkat(root, name, 0))
            return false;
    }
    return mkdirat(root, name, mode) == 0;
}

int makeInRoot(int root, const std::string &path, bool folder)
{
    int parent = openInRoot(root, ".", O_PATH | O_DIRECTORY);
    size_t at = 0;
    while (parent >= 0) {
        const size_t begin = path.find_first_not_of('/', at);
        if (begin == std::string::npos)
            return parent;
        const size_t slash = path.find('/', begin);
        const bool last = path.find_first_not_of('/', slash) == std::string::npos;
        at = slash == std::string::npos ? path.size() : slash;
        const std::string name = path.substr(begin, at - begin);
        // From the root each time: a link in the middle is read as the sandbox would read it.
        int next = openInRoot(root, path.substr(0, at), O_PATH);
        if (next < 0 && errno == ENOENT) {
            const bool made = last && !folder
                ? mknodat(parent, name.c_str(), S_IFREG | 0644, 0) == 0
                : mkdirat(parent, name.c_str(), 0755) == 0;
            next = made ? openInRoot(root, path.substr(0, at), O_PATH) : -1;
        }
        const int error = errno;
        close(parent);
        errno = error;
        parent = next;
    }
    return -1;
}

} // namespace quarry::launcher
