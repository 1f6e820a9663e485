// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The kernel's newer mount calls, which the C library of Debian 12 names only in part, and paths
// below a root that is not trusted.
#pragma once

#include <string>
#include <sys/types.h>

namespace quarry::launcher {

// A detached copy of the mount at PATH, or -1 and errno.
int cloneTree(const std::string &path, bool recursive);
// Shows TREE's owners through the namespace USERNS. False and errno where the file system cannot.
bool idmapTree(int tree, int userns, bool recursive);
// nosuid and nodev, and read-only when asked, for TREE and what hangs in it.
bool hardenTree(int tree, bool readOnly);
bool attachTree(int tree, const std::string &target);
bool attachTree(int tree, int target);

// Opens PATH as if ROOT were "/": links and ".." never lead out of it. -1 and errno.
int openInRoot(int root, const std::string &path, int flags, mode_t mode = 0);
// Makes PATH a real folder directly in ROOT: a link or file of that name is replaced.
bool plainFolder(int root, const char *name, mode_t mode);
// Opens PATH (O_PATH) in ROOT, making missing folders and, unless FOLDER, an empty file at its end.
int makeInRoot(int root, const std::string &path, bool folder);

} // namespace quarry::launcher
