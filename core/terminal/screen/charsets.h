// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The character sets G0–G3 (ECMA-35, DEC VT510 "Character sets"): which of them the bytes 0x20–0x7f
// mean.
#pragma once

#include <array>
#include <cstdint>

namespace quarry::terminal {

class Charsets
{
public:
    enum class Set : std::uint8_t { Ascii, British, DecGraphics };

    // The sets that other final bytes name are taken for ASCII.
    void designate(int index, char final);
    void lock(int index) { m_locked = std::uint8_t(index); }
    void shiftOnce(int index) { m_single = std::uint8_t(index + 1); }

    bool isAscii() const { return m_single == 0 && m_sets[m_locked] == Set::Ascii; }
    // What a byte 0x20–0x7e is; ends a single shift.
    char32_t translate(std::uint8_t byte);

private:
    std::array<Set, 4> m_sets{};
    std::uint8_t m_locked = 0;
    std::uint8_t m_single = 0; // 1 + the set for the next character
};

} // namespace quarry::terminal
