// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Copies a tree that others fill, perhaps at this moment, into an empty folder of ours.
#pragma once

#include "runtime/images/content/tree.h"

namespace quarry::runtime {

struct TreeCopyOptions {
    // True: an overlay's upper folder; what it hides (0:0 devices, opaque folders) is copied as it
    // is. False: a root file system; devices below dev/ are left out, anywhere else they are
    // refused.
    bool layer = false;
    qint64 maxBytes = 0; // of file contents; LimitExceeded above
    qint64 maxEntries = 0;
};

struct TreeCopyResult {
    qint64 bytes = 0;
    qint64 entries = 0;
    qint64 leftOut = 0; // devices below dev/, sockets, and files that vanished meanwhile
    bool ownersKept = true; // false: this identity may not give files to others
};

// FROM and TO are paths of folders, ours; links in them are followed, below them never. Hard links
// within the tree stay links, holes stay holes. Other file systems mounted below FROM are not
// entered, nor is TO when it lies in FROM. A file that changes while it is read is read once more.
Result<TreeCopyResult> copyTree(const QByteArray &from, const QByteArray &to,
                                const TreeCopyOptions &options, const Tick &tick);

} // namespace quarry::runtime
