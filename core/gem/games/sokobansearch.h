// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Sokoban played backwards: the depth-first search that pulls the boxes of a room away from their
// targets.
#pragma once

#include "gem/games/sokobanroom.h"

#include <cstddef>
#include <vector>

namespace quarry::gem {

// The states that a search has seen: for each placing of the boxes, the cells where the player has
// been.
class SokobanSeen
{
public:
    struct Entry {
        std::uint64_t boxes = 0; // 0: free
        std::uint64_t players = 0;
    };

    SokobanSeen() : m_entries(std::size_t(1) << firstBits), m_shift(64 - firstBits) { }

    void clear();
    // The place of the entry of BOXES (not 0), made where there is none. May move all the others.
    std::size_t find(std::uint64_t boxes);
    std::uint64_t &playersAt(std::size_t place) { return m_entries[place].players; }
    // Counts the times that entries have moved.
    unsigned moves() const { return m_moves; }

private:
    static constexpr int firstBits = 12;

    std::size_t slot(std::uint64_t boxes) const;
    void grow();

    std::vector<Entry> m_entries;
    std::size_t m_used = 0;
    int m_shift;
    unsigned m_moves = 0;
};

// The state of the best score that reverse play finds from STATE, where a box stands on each target
// of FIXED; written to BEST, with every box a SokobanBox. Returns the score.
int playSokobanBackwards(const SokobanGrid &fixed, const SokobanGrid &state, SokobanSeen &seen,
                         SokobanGrid &best);

} // namespace quarry::gem
