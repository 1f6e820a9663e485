// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is selected as HTML, with its colours and links. Everything a program wrote is escaped.
#pragma once

#include "terminal/text/selection.h"

#include <array>
#include <cstdint>
#include <string>

namespace quarry::terminal {

// Red, green and blue as 0xrrggbb.
struct Palette {
    std::array<std::uint32_t, 256> indexed{};
    std::uint32_t foreground = 0;
    std::uint32_t background = 0xffffff;

    std::uint32_t of(Colour colour, std::uint32_t otherwise) const;
    // xterm's colours: 16, the cube of 6·6·6, and 24 greys.
    static Palette standard();
};

// One <pre> with a <span> for each change of style, and links as <a> when they are http, https or
// mailto.
std::string selectedHtml(Lines &lines, const Selection &selection, const Palette &palette);

} // namespace quarry::terminal
