// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One file's bytes, owner, rights, times and attributes from one place to another.
#pragma once

#include "base/result.h"

#include <QByteArray>

#include <functional>
#include <sys/stat.h>

namespace quarry::runtime {

// Attributes that say something to overlayfs and to nobody else.
inline constexpr char opaqueAttribute[] = "user.overlay.opaque";

// What stays of a name's extended attributes: "user.*", of overlayfs's own only those that tell
// what a layer hides, and these only when LAYER. Hostile ones of an archive must not reach an
// overlay.
bool keepsAttribute(const QByteArray &name, bool layer);

// Copies size bytes, sharing blocks where the file system can and leaving holes as holes. Ends at
// the source's end if that comes first. tick gets the bytes of each step; false ends it with
// Cancelled.
Result<void> copyBytes(int from, int to, qint64 size, const std::function<bool(qint64)> &tick);

// The kept attributes of one open file, for files and folders.
void copyAttributes(int from, int to, bool layer);

// Owner, rights and times of parent/name, which is not followed. False: the owner could not be
// given (this identity may not), all else is right.
Result<bool> applyStatus(int parent, const QByteArray &name, const struct stat &st);

} // namespace quarry::runtime
