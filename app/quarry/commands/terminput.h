// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a file or standard input in pieces, to be interrupted at any time.
#pragma once

#include "base/result.h"

#include <QByteArrayView>
#include <QString>

#include <functional>

namespace quarry::cli {

class Context;

// PATH "-" is standard input. EACH gets pieces of at most 64 KiB; its error ends the reading.
// Cancelled when a person interrupts.
Result<void> readInput(Context &context, const QString &path,
                       const std::function<Result<void>(QByteArrayView)> &each);

} // namespace quarry::cli
