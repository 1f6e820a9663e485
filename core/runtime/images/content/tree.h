// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Walks over trees that others have filled: no link is followed, names and depth are not trusted.
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <QByteArray>
#include <QByteArrayList>

#include <functional>

namespace quarry::runtime {

// Sees progress of long work, several times a second at most; false ends it with Cancelled.
using Tick = std::function<bool(qint64 bytes, qint64 entries)>;

Error cancelledError();

// The names in the folder FD is open on, sorted, without "." and "..". FD may be O_PATH.
Result<QByteArrayList> namesIn(int folder);

// Removes what PARENT/NAME is, a tree with everything in it included: folders of mode 000, and of
// any depth. Goes on past what it cannot remove and tells the first failure. Nothing there is fine.
// Counts what it removed.
Result<void> removeTree(int parent, const QByteArray &name, qint64 &removed, const Tick &tick = {});
// The same for all that is in the folder at PATH.
Result<void> emptyTree(const QByteArray &path, qint64 &removed, const Tick &tick = {});

// A folder whose files are all this process's own, itself included; false when something is left.
bool removeOwn(const QString &path);

struct TreeSize {
    qint64 bytes = 0; // on disk, hard links once
    qint64 files = 0; // of any kind, folders too
    bool complete = true;
};

// Stops after MILLISECONDS with what it has (complete is false then). Files that vanish meanwhile
// are fine; other file systems mounted below are not entered.
Result<TreeSize> measureTree(const QByteArray &path, int milliseconds);

} // namespace quarry::runtime
