// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A pseudo terminal.
#pragma once

#include <cstdint>

namespace quarry::agent {

struct Terminal {
    int master = -1; // non-blocking
    int slave = -1;
};

// Both close-on-exec, the caller's. False with errno.
bool openTerminal(std::uint16_t columns, std::uint16_t rows, Terminal &out);
void resizeTerminal(int master, std::uint16_t columns, std::uint16_t rows);

} // namespace quarry::agent
