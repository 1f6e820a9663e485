// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is selected, and its text for the clipboard.
#pragma once

#include "terminal/text/lines.h"

#include <cstdint>
#include <string>

namespace quarry::terminal {

struct Selection {
    enum class Kind : std::uint8_t { Text, Block };

    Position begin;
    Position end; // not selected itself; of a block, its column is the right edge
    Kind kind = Kind::Text;

    // Whatever is nearer to the start comes first.
    static Selection between(Position one, Position other, Kind kind = Kind::Text);
    // The word at a place: letters, digits and what paths and addresses are made of.
    static Selection word(Lines &lines, Position at);
    // The line at a place, with what soft wraps add to it.
    static Selection line(Lines &lines, Position at);

    bool isEmpty() const;
    bool contains(Position at) const;
};

// What a clipboard gets at most; the rest of the lines is left out.
constexpr std::size_t MaximumCopy = 64U << 20;

// Lines end with a line feed but where they are one by a soft wrap; trailing blanks are left out.
std::string selectedText(Lines &lines, const Selection &selection);

} // namespace quarry::terminal
