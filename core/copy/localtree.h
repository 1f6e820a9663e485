// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Files of this machine on their way into a sandbox.
#pragma once

#include "copy/copyplan.h"

#include <stop_token>

namespace quarry::copy {

// Adds FROM, and with RECURSIVE all below it, to be copied to TO. FROM itself may be a symbolic
// link; links below it, sockets and the like are left out. Blocks; asking STOP gives Cancelled.
Result<void> planLocal(CopyPlan &plan, const QByteArray &from, const QByteArray &to, bool recursive,
                       const std::stop_token &stop = {});

// The numbers of the items that would take the place of what is on this machine. AlreadyExists when
// something is in the way. Blocks; asking STOP gives Cancelled.
Result<QList<qsizetype>> findReplaced(const QList<CopyItem> &items,
                                      const std::stop_token &stop = {});

// The message of systemError() with the path in it.
Error localError(const QString &what, const QByteArray &path, int errnoValue);
Error cancelled();
// FOLDER is one, and was not to be copied with what is in it.
Error needsRecursion(const QByteArray &folder);

} // namespace quarry::copy
