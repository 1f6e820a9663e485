// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/screen/charsets.h"

namespace quarry::terminal {

void Charsets::designate(int index, char final)
{
    Set &set = m_sets[std::size_t(index)];
    switch (final) {
    case '0':
    case '2':
        set = Set::DecGraphics;
        break;
    case 'A':
        set = Set::British;
        break;
    default:
        set = Set::Ascii;
        break;
    }
}

char32_t Charsets::translate(std::uint8_t byte)
{
    static constexpr char32_t graphics[] = U" ◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·"; // from 0x5f
    const Set set = m_sets[m_single > 0 ? m_single - 1U : m_locked];
    m_single = 0;
    if (set == Set::DecGraphics && byte >= 0x5f)
        return graphics[byte - 0x5f];
    return set == Set::British && byte == '#' ? U'£' : char32_t(byte);
}

} // namespace quarry::terminal
