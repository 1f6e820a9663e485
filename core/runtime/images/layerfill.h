// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a fresh layer must hold before it is mounted.
#pragma once

#include "base/result.h"
#include "runtime/images/image.h"

namespace quarry::runtime {

// Makes the folders of LayerPaths in FOLDER, which exists, and fills the upper ones.
Result<void> fillLayer(const Image &image, const QString &hostRoot, const QString &folder);

} // namespace quarry::runtime
