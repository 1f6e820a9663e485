// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How many columns a character takes and how it joins with its neighbours: Unicode's general
// category, East Asian width (UAX #11) and emoji properties (UTS #51), from a table made by
// makecharacters.py.
#pragma once

#include <array>
#include <cstdint>

namespace quarry::terminal {

class Character
{
public:
    // Of code points up to U+10FFFF.
    explicit Character(char32_t code) : m_bits(code < TableSize ? Table[code] : high(code)) { }

    // 0 for what is drawn onto the character before it, 2 for the wide.
    int width() const { return m_bits & 3; }
    // May follow a zero width joiner, and may carry a skin tone.
    bool isPictographic() const { return m_bits & 4; }
    bool isSkinTone() const { return m_bits & 8; }
    bool isRegionalIndicator() const { return m_bits & 16; }
    // Narrow, but wide as an emoji: when U+FE0F follows.
    bool widensAsEmoji() const { return m_bits & 32; }
    bool joinsBefore() const { return m_bits & (4 | 8 | 16); }

private:
    static constexpr char32_t TableSize = 0x20000;
    struct Range {
        char32_t first;
        char32_t last;
        std::uint8_t bits;
    };
    static const Range Ranges[]; // what is not just narrow, in order
    static const int RangeCount;
    static const std::array<std::uint8_t, TableSize> Table;

    static std::array<std::uint8_t, TableSize> makeTable();
    static std::uint8_t high(char32_t code);

    std::uint8_t m_bits;
};

} // namespace quarry::terminal
