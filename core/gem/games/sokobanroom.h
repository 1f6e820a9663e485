// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Sokoban rooms as GEM generates them: a random walk digs the floor, boxes start on their targets,
// and a search plays backwards, pulling them away.
#pragma once

#include <array>
#include <cstdint>

namespace quarry::gem {

enum SokobanCell : std::uint8_t {
    SokobanWall,
    SokobanFloor,
    SokobanTarget,
    SokobanBoxOnTarget,
    SokobanBox,
    SokobanPlayer,
};

struct SokobanGrid {
    static constexpr int leastSide = 5;
    static constexpr int mostSide = 9;

    std::uint8_t rows = 0;
    std::uint8_t columns = 0;
    std::array<std::uint8_t, mostSide * mostSide> cells{}; // row by row, without gaps

    int count() const { return rows * columns; }
    // What to add to a cell's number to go up, down, left, right.
    std::array<int, 4> directions() const { return {-columns, columns, -1, 1}; }
};

struct SokobanRoom {
    SokobanGrid fixed; // walls, floor and targets
    SokobanGrid state; // with the boxes, none of them marked as on a target, and the player
    int boxes = 0;
};

inline constexpr int mostSokobanBoxes = 5;

// The steps of the walk that digs a room.
constexpr int sokobanWalkSteps(int rows, int columns)
{
    return int(1.7 * (rows + columns));
}

// GEM's room for SEED with ROWS and COLUMNS of 5 to 9, and 1 to 5 BOXES. GEM gives up where 50,000
// tries find no room; then this goes on with a box less, which ends at the latest with one box.
SokobanRoom generateSokobanRoom(int rows, int columns, int boxes, std::uint32_t seed);

} // namespace quarry::gem
