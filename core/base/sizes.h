// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Sizes of memory and disk as people write them.
#pragma once

#include "base/result.h"

namespace quarry {

// "8g", "512m", "64MiB", "1.5 GB", "1024": bytes. Units are powers of 1024 (as Docker reads them).
// InvalidArgument for anything else, zero, or more than 2^62.
Result<qint64> parseSize(const QString &text);

// Bytes as "8.00g", "512.00m" and so on: what ROCK's clients read back.
QString formatSize(qint64 bytes);

} // namespace quarry
