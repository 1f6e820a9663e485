// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/processes/pty.h"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace quarry::agent {

bool openTerminal(std::uint16_t columns, std::uint16_t rows, Terminal &out)
{
    const int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    if (master < 0)
        return false;
    int slave = -1;
    // TIOCGPTPEER opens the other end without a path: the sandbox may have any /dev/pts it likes.
    if (unlockpt(master) == 0)
        slave = ioctl(master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (slave < 0) {
        const int reason = errno;
        close(master);
        errno = reason;
        return false;
    }
    resizeTerminal(master, columns, rows);
    out = {master, slave};
    return true;
}

void resizeTerminal(int master, std::uint16_t columns, std::uint16_t rows)
{
    winsize size{};
    size.ws_col = columns;
    size.ws_row = rows;
    ioctl(master, TIOCSWINSZ, &size);
}

} // namespace quarry::agent
