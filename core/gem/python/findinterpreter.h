// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The interpreter that the settings name, without importing gem each time.
#pragma once

#include "gem/python/interpreter.h"

namespace quarry::gem {

// As examineInterpreter(), which is asked once: what it found is kept in gem-python.json in
// DATAFOLDER and holds as long as the program and the package's folders are as they were. Any error
// but Cancelled is Unsupported and tells the command that brings the package.
Result<Interpreter> findInterpreter(const QString &configured, const QString &dataFolder,
                                    const std::atomic<bool> *cancelled = nullptr);

} // namespace quarry::gem
