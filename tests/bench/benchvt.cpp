// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// bench_vt memory|disk|libvterm COLUMNS ROWS FILE…: MB/s of each file fed to a terminal in pieces
// of 64 KiB, the best of three, one a line: our core with 10,000 lines of history in memory or with
// a file in the working folder, or libvterm, which keeps no history.
#include "terminal/emulator/emulator.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>

#ifdef QUARRY_HAS_VTERM
#include <vterm.h>
#endif

using namespace quarry::terminal;

namespace {

constexpr std::size_t Piece = 64U << 10;

struct Size {
    int columns;
    int rows;
};

double rate(const std::string &bytes, const std::function<void(std::string_view)> &feed)
{
    using Clock = std::chrono::steady_clock;
    const Clock::time_point began = Clock::now();
    for (std::size_t at = 0; at < bytes.size(); at += Piece)
        feed(std::string_view(bytes).substr(at, Piece));
    const std::chrono::duration<double> seconds = Clock::now() - began;
    return double(bytes.size()) / seconds.count() / 1e6;
}

double ownRate(const std::string &bytes, Size size, bool disk)
{
    Emulator emulator(size.columns, size.rows);
    if (disk && !emulator.history().spillTo("."))
        return 0;
    return rate(bytes, [&emulator](std::string_view piece) {
        emulator.feed(piece);
        emulator.takeReplies();
    });
}

#ifdef QUARRY_HAS_VTERM
double vtermRate(const std::string &bytes, Size size)
{
    VTerm *const vterm = vterm_new(size.rows, size.columns);
    vterm_set_utf8(vterm, 1);
    vterm_screen_enable_altscreen(vterm_obtain_screen(vterm), 1);
    vterm_screen_reset(vterm_obtain_screen(vterm), 1);
    const double result = rate(bytes, [vterm](std::string_view piece) {
        vterm_input_write(vterm, piece.data(), piece.size());
        char replies[4096];
        vterm_output_read(vterm, replies, sizeof replies);
    });
    vterm_free(vterm);
    return result;
}
#else
double vtermRate(const std::string &, Size)
{
    return 0;
}
#endif

} // namespace

int main(int argc, char **argv)
{
    if (argc < 5)
        return 2;
    const std::string kind = argv[1];
    const Size size{std::atoi(argv[2]), std::atoi(argv[3])};
    for (int i = 4; i < argc; ++i) {
        std::ifstream file(argv[i], std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};
        double best = 0;
        for (int turn = 0; turn < 3; ++turn)
            best = std::max(best,
                            kind == "libvterm" ? vtermRate(bytes, size)
                                               : ownRate(bytes, size, kind == "disk"));
        std::printf("%.1f\n", best);
    }
    return 0;
}
