// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What stat(2) says, for the wire.
#pragma once

#include "agent/wire/filemessages.h"

#include <string>
#include <sys/stat.h>

namespace quarry::agent {

FileInfo toFileInfo(const struct stat &status, std::string name);
// The target of the link NAME below FOLDER (a descriptor, or AT_FDCWD); empty when it cannot be
// read.
std::string linkTarget(int folder, const std::string &name);
// "is a folder" and the like: why one that is no regular file is neither read nor written.
Failure notRegular(const std::string &path, const struct stat &status);
// PATH in quotes, for sentences.
std::string quotedPath(const std::string &path);
// Makes the missing folders of PATH, itself included, mode 0755 but MODE for the last. 0 or errno;
// an existing folder is fine.
int makeFolders(const std::string &path, mode_t mode);

} // namespace quarry::agent
