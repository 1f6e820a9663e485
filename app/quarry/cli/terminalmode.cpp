// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminalmode.h"

#include <sys/ioctl.h>
#include <unistd.h>

namespace quarry::cli {

TerminalMode::TerminalMode()
{
    termios mode = {};
    if (::tcgetattr(STDIN_FILENO, &mode) != 0)
        return;
    m_before = mode;
    ::cfmakeraw(&mode);
    ::tcsetattr(STDIN_FILENO, TCSADRAIN, &mode);
}

TerminalMode::~TerminalMode()
{
    if (m_before)
        ::tcsetattr(STDIN_FILENO, TCSADRAIN, &*m_before);
}

TerminalSize TerminalMode::size()
{
    winsize window = {};
    for (int descriptor : {STDOUT_FILENO, STDIN_FILENO, STDERR_FILENO}) {
        if (::ioctl(descriptor, TIOCGWINSZ, &window) == 0 && window.ws_row > 0 && window.ws_col > 0)
            return {window.ws_row, window.ws_col};
    }
    return {};
}

} // namespace quarry::cli
