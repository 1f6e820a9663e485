// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the launcher tells the engine: lines on its status pipe.
//
//   phase TAB NAME           the step that begins: limits, layer, network, agent
//   note TAB NAME TAB TEXT   something that was asked could not be had ("memory", "bind" …)
//   error TAB CODE TAB TEXT  the last line: CODE as the engine's error codes are spelled
#pragma once

#include <string>

namespace quarry::launcher {

constexpr int statusFd = 4;

void phase(const char *name);
void note(const std::string &name, const std::string &text);

// Tells the error and ends the process with 1.
[[noreturn]] void fail(const char *code, const std::string &text);
// The same with the text of errno behind WHAT; the code follows from errno.
[[noreturn]] void failErrno(const std::string &what);

} // namespace quarry::launcher
