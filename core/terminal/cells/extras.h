// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What few cells have and a cell has no room for: a hyperlink (OSC 8) and a colour of the underline
// (SGR 58). Number 0 is neither. Bounded by count and bytes; a collection gives up what no cell
// shows.
#pragma once

#include "terminal/cells/cell.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace quarry::terminal {

struct Extra {
    Colour underline;
    std::string link; // a URI; empty is none
    std::string linkId; // cells of one link and id belong together, wherever they are

    bool operator==(const Extra &) const = default;
};

class Extras
{
public:
    static constexpr std::size_t Capacity = 1U << 14;
    static constexpr std::size_t MaximumBytes = 4U << 20;

    // The number of an equal one, a new number, or 0 when isFull().
    std::uint16_t intern(const Extra &extra);
    bool isFull() const;
    const Extra &operator[](std::uint16_t number) const;

    void beginCollection();
    void keep(std::uint16_t number);
    void endCollection();

private:
    static std::string keyOf(const Extra &extra);

    std::vector<Extra> m_extras; // number 1 is the first
    std::vector<bool> m_kept;
    std::vector<std::uint16_t> m_free;
    std::unordered_map<std::string, std::uint16_t> m_numbers;
    std::size_t m_bytes = 0;
};

} // namespace quarry::terminal
