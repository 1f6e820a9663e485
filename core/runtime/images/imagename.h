// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Names of images: the reference grammar of the OCI distribution specification.
#pragma once

#include "base/result.h"

namespace quarry::runtime {

// The name, trimmed, or InvalidArgument saying what is wrong with it.
// `[HOST[:PORT]/]PATH[:TAG][@DIGEST]`, at most 255 bytes before the tag, tags at most 128.
Result<QString> checkImageName(const QString &name);

// The same for a name that something is stored under: `host` and digests are refused too.
Result<QString> checkNewImageName(const QString &name);

// One spelling for all that mean the same: docker.io/library/ and library/ taken off, `:latest` put
// on. For comparing only; takes a checked name.
QString canonicalImageName(const QString &name);

} // namespace quarry::runtime
