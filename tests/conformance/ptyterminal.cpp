// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// ptyterminal COLUMNS ROWS COMMAND…: runs a command in a terminal without a window, with the
// reports that tests need, and exits as it does. For esctest2 (GPL-2.0-or-later,
// https://github.com/ThomasDickey/esctest2), which runs inside the terminal that it tests.
#include "terminal/emulator/emulator.h"

#include <array>
#include <cstdlib>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace quarry::terminal;

namespace {

void writeAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd, bytes.data(), bytes.size());
        if (count <= 0)
            return;
        bytes.remove_prefix(std::size_t(count));
    }
}

void serve(int fd, Emulator &emulator)
{
    std::array<char, 65536> buffer;
    for (;;) {
        const ssize_t count = ::read(fd, buffer.data(), buffer.size());
        if (count <= 0)
            return;
        emulator.feed(std::string_view(buffer.data(), std::size_t(count)));
        winsize size{};
        ::ioctl(fd, TIOCGWINSZ, &size);
        const Screen &screen = emulator.screen();
        if (size.ws_col != screen.columns() || size.ws_row != screen.rows()) {
            size.ws_col = static_cast<unsigned short>(screen.columns());
            size.ws_row = static_cast<unsigned short>(screen.rows());
            ::ioctl(fd, TIOCSWINSZ, &size);
        }
        writeAll(fd, emulator.takeReplies());
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    Emulator::Options options;
    options.testReports = true;
    Emulator emulator(std::atoi(argv[1]), std::atoi(argv[2]), options);
    winsize size{};
    size.ws_col = static_cast<unsigned short>(emulator.screen().columns());
    size.ws_row = static_cast<unsigned short>(emulator.screen().rows());
    int fd = -1;
    const pid_t child = ::forkpty(&fd, nullptr, nullptr, &size);
    if (child < 0)
        return 1;
    if (child == 0) {
        ::setenv("TERM", "xterm-256color", 1);
        ::execvp(argv[3], argv + 3);
        ::_exit(127);
    }
    serve(fd, emulator);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
