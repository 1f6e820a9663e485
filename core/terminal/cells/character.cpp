// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/cells/character.h"

#include <algorithm>

namespace quarry::terminal {

const std::array<std::uint8_t, Character::TableSize> Character::Table = makeTable();

std::array<std::uint8_t, Character::TableSize> Character::makeTable()
{
    std::array<std::uint8_t, TableSize> table;
    table.fill(1);
    for (const Range *range = Ranges; range != Ranges + RangeCount; ++range)
        std::fill(table.begin() + range->first, table.begin() + range->last + 1, range->bits);
    return table;
}

// Planes 2 and 3 are ideographs; of plane 14 the tags and variation selectors take no room.
std::uint8_t Character::high(char32_t code)
{
    if (code < 0x40000)
        return (code & 0xffff) < 0xfffe ? 2 : 1;
    return code >= 0xe0000 && code < 0xe1000 ? 0 : 1;
}

} // namespace quarry::terminal
