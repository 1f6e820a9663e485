// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The terminal that a person sits at, in raw mode for as long as this lives.
#pragma once

#include <optional>
#include <termios.h>

namespace quarry::cli {

struct TerminalSize {
    int rows = 24;
    int columns = 80;
};

class TerminalMode
{
public:
    // Standard input must be a terminal, else nothing is done.
    TerminalMode();
    ~TerminalMode();
    TerminalMode(const TerminalMode &) = delete;
    TerminalMode &operator=(const TerminalMode &) = delete;

    static TerminalSize size();

private:
    std::optional<termios> m_before;
};

} // namespace quarry::cli
