// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The root folder that lies below every sandbox of the image `host`: a private /etc and an empty
// machine around the host's /usr, with nothing of the host that not everybody on it may read.
#pragma once

#include "base/result.h"

namespace quarry::runtime {

// Changes whenever the host's inputs do, or the way the skeleton is made. Takes some 100 µs.
QString skeletonKey(const QString &hostRoot);

// Fills the empty folder TARGET. Unsupported for a host whose /bin is no link into /usr.
Result<void> buildSkeleton(const QString &hostRoot, const QString &target);

// Fills the empty folder TARGET with what dpkg knows of each installed package: a layer to lie
// below the skeleton. Apart because it is most of the files, and nothing but package tools misses
// it.
Result<void> buildPackageFiles(const QString &hostRoot, const QString &target);

} // namespace quarry::runtime
