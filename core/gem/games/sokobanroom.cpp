// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/sokobanroom.h"

#include "gem/games/sokobansearch.h"
#include "gem/random/numpyrandom.h"
#include "gem/random/pythonrandom.h"

#include <algorithm>

namespace quarry::gem {

namespace {

constexpr int roomAttempts = 50; // each with generators of its own
constexpr int roomTries = 1000; // of an attempt
constexpr double turnChance = 0.35;

struct Offset {
    int row, column;
};
constexpr std::array<Offset, 4> walkDirections = {{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
// What a step of the walk digs, as rows of three cells round the walker.
constexpr std::array<std::array<std::uint8_t, 9>, 5> digMasks = {{
    {0, 0, 0, 1, 1, 1, 0, 0, 0},
    {0, 1, 0, 0, 1, 0, 0, 1, 0},
    {0, 0, 0, 1, 1, 0, 0, 1, 0},
    {0, 0, 0, 1, 1, 0, 1, 1, 0},
    {0, 0, 0, 0, 1, 1, 0, 1, 0},
}};

void digRoom(SokobanGrid &grid, PythonRandom &random)
{
    const int rows = grid.rows;
    const int columns = grid.columns;
    grid.cells.fill(SokobanWall);
    Offset direction = walkDirections[random.below(4)];
    int row = int(random.between(1, rows - 1));
    int column = int(random.between(1, columns - 1));
    const int steps = sokobanWalkSteps(rows, columns);
    for (int step = 0; step < steps; ++step) {
        if (random.real() < turnChance)
            direction = walkDirections[random.below(4)];
        row = std::clamp(row + direction.row, 1, rows - 2);
        column = std::clamp(column + direction.column, 1, columns - 2);
        const auto &mask = digMasks[random.below(digMasks.size())];
        for (int i = 0; i < 9; ++i) {
            if (mask[i])
                grid.cells[(row - 1 + i / 3) * columns + column - 1 + i % 3] = SokobanFloor;
        }
    }
    for (int i = 0; i < columns; ++i)
        grid.cells[i] = grid.cells[(rows - 1) * columns + i] = SokobanWall;
    for (int i = 0; i < rows; ++i)
        grid.cells[i * columns] = grid.cells[i * columns + columns - 1] = SokobanWall;
}

// Makes the floor cell number INDEX, in row order, a CELL.
void replaceFloor(SokobanGrid &grid, std::uint64_t index, SokobanCell cell)
{
    for (std::uint8_t &here : grid.cells) {
        if (here == SokobanFloor && index-- == 0) {
            here = cell;
            return;
        }
    }
}

bool placePlayerAndTargets(SokobanGrid &grid, int boxes, NumpyRandom &random)
{
    auto floor = std::uint64_t(std::count(grid.cells.begin(), grid.cells.end(), SokobanFloor));
    if (floor <= std::uint64_t(boxes) + 1)
        return false;
    replaceFloor(grid, random.integers(floor), SokobanPlayer);
    for (int box = 0; box < boxes; ++box)
        replaceFloor(grid, random.integers(--floor), SokobanTarget);
    return true;
}

bool isBox(std::uint8_t cell)
{
    return cell == SokobanBox || cell == SokobanBoxOnTarget;
}

bool isFree(std::uint8_t cell)
{
    return cell == SokobanFloor || cell == SokobanTarget;
}

// GEM's corners: it takes opposite walls for one, and two of the real ones for none.
bool isCorner(const SokobanGrid &fixed, int cell)
{
    enum { Up = 1, Down = 2, Left = 4, Right = 8 };
    int walls = 0;
    const auto directions = fixed.directions();
    for (int i = 0; i < 4; ++i)
        walls |= (fixed.cells[cell + directions[i]] == SokobanWall) << i;
    switch (walls) {
    case 0:
    case Up:
    case Down:
    case Left:
    case Right:
    case Up | Left:
    case Down | Right:
        return false;
    default:
        return true;
    }
}

bool canBePushed(const SokobanGrid &state, int cell)
{
    for (const int direction : state.directions()) {
        const std::uint8_t behind = state.cells[cell - direction];
        if (isFree(state.cells[cell + direction]) && (isFree(behind) || behind == SokobanPlayer))
            return true;
    }
    return false;
}

bool isDead(const SokobanGrid &fixed, const SokobanGrid &state, int boxes)
{
    for (int cell = 0; cell < state.count(); ++cell) {
        if (!isBox(state.cells[cell]))
            continue;
        if (fixed.cells[cell] != SokobanTarget && isCorner(fixed, cell))
            return true;
        if (boxes >= 2 && !canBePushed(state, cell))
            return true;
    }
    return false;
}

bool tryRoom(SokobanRoom &room, PythonRandom &python, NumpyRandom &numpy, SokobanSeen &seen)
{
    digRoom(room.fixed, python);
    if (!placePlayerAndTargets(room.fixed, room.boxes, numpy))
        return false;
    SokobanGrid start = room.fixed;
    for (int cell = 0; cell < start.count(); ++cell) {
        if (start.cells[cell] == SokobanTarget)
            start.cells[cell] = SokobanBox;
        else if (start.cells[cell] == SokobanPlayer)
            room.fixed.cells[cell] = SokobanFloor;
    }
    if (isDead(room.fixed, start, room.boxes))
        return false;
    return playSokobanBackwards(room.fixed, start, seen, room.state) > 0
        && !isDead(room.fixed, room.state, room.boxes);
}

bool generateWith(SokobanRoom &room, std::uint32_t seed)
{
    SokobanSeen seen;
    for (int attempt = 0; attempt < roomAttempts; ++attempt) {
        PythonRandom python(std::uint64_t(seed) + attempt);
        NumpyRandom numpy(std::uint64_t(seed) + attempt);
        for (int i = 0; i < roomTries; ++i) {
            if (tryRoom(room, python, numpy, seen))
                return true;
        }
    }
    return false;
}

} // namespace

SokobanRoom generateSokobanRoom(int rows, int columns, int boxes, std::uint32_t seed)
{
    SokobanRoom room;
    room.fixed.rows = std::uint8_t(rows);
    room.fixed.columns = std::uint8_t(columns);
    room.boxes = boxes;
    while (!generateWith(room, seed))
        room.boxes = std::max(1, room.boxes - 1);
    return room;
}

} // namespace quarry::gem
