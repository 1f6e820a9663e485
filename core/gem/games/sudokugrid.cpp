// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/sudokugrid.h"

#include <bit>
#include <numeric>

namespace quarry::gem {

namespace {

template <int box>
class SudokuMaker
{
public:
    explicit SudokuMaker(PythonRandom &random) : m_random(random) { }

    void fill()
    {
        fillFrom(0);
        m_puzzle.cells = m_puzzle.solution;
    }
    void removeCells(int removals);
    const SudokuPuzzle &puzzle() const { return m_puzzle; }

private:
    static constexpr int scale = box * box;
    static constexpr int count = scale * scale;
    using Digits = std::uint16_t; // bit D-1 for the digit D
    static constexpr Digits all = (1U << scale) - 1;
    struct Units {
        std::uint8_t row, column, block;
    };
    static constexpr std::array<Units, count> unitsOf = [] {
        std::array<Units, count> out{};
        for (int cell = 0; cell < count; ++cell) {
            const int row = cell / scale;
            const int column = cell % scale;
            out[cell] = {std::uint8_t(row), std::uint8_t(column),
                         std::uint8_t(row / box * box + column / box)};
        }
        return out;
    }();

    Digits candidates(int cell) const
    {
        const Units at = unitsOf[cell];
        return all & ~(m_rows[at.row] | m_columns[at.column] | m_blocks[at.block]);
    }
    // Puts DIGIT into CELL, or takes it away.
    void toggle(int cell, Digits digit)
    {
        const Units at = unitsOf[cell];
        m_rows[at.row] ^= digit;
        m_columns[at.column] ^= digit;
        m_blocks[at.block] ^= digit;
    }

    bool fillFrom(int cell);
    bool hasOtherSolution(int cell, Digits digit);
    bool isSolvable(int empty);

    PythonRandom &m_random;
    SudokuPuzzle m_puzzle;
    std::array<Digits, scale> m_rows{}, m_columns{}, m_blocks{};
    std::array<std::uint8_t, count> m_empty{}; // the cells emptied so far, in any order
    int m_emptyCount = 0;
};

template <int box>
bool SudokuMaker<box>::fillFrom(int cell)
{
    if (cell == count)
        return true;
    std::array<std::uint8_t, scale> numbers;
    std::iota(numbers.begin(), numbers.end(), std::uint8_t(1));
    m_random.shuffle(std::span(numbers)); // also where nothing fits, as GEM does
    const Digits free = candidates(cell);
    for (const std::uint8_t number : numbers) {
        const auto digit = Digits(1U << (number - 1));
        if (!(free & digit))
            continue;
        toggle(cell, digit);
        m_puzzle.solution[cell] = number;
        if (fillFrom(cell + 1))
            return true;
        toggle(cell, digit);
    }
    return false;
}

template <int box>
void SudokuMaker<box>::removeCells(int removals)
{
    std::array<std::uint8_t, count> order;
    std::iota(order.begin(), order.end(), std::uint8_t(0));
    m_random.shuffle(std::span(order));
    for (int i = 0; i < removals; ++i) {
        const int cell = order[count - 1 - i];
        const auto digit = Digits(1U << (m_puzzle.solution[cell] - 1));
        toggle(cell, digit);
        if (hasOtherSolution(cell, digit)) {
            toggle(cell, digit);
        } else {
            m_puzzle.cells[cell] = 0;
            m_empty[m_emptyCount++] = std::uint8_t(cell);
        }
    }
}

// The puzzle had one solution with CELL filled, so another one must differ there.
template <int box>
bool SudokuMaker<box>::hasOtherSolution(int cell, Digits digit)
{
    for (Digits others = candidates(cell) & ~digit; others != 0; others &= others - 1) {
        const Digits other = others & -others;
        toggle(cell, other);
        const bool found = isSolvable(m_emptyCount);
        toggle(cell, other);
        if (found)
            return true;
    }
    return false;
}

// Whether the first EMPTY cells of m_empty can be filled; their order may change.
template <int box>
bool SudokuMaker<box>::isSolvable(int empty)
{
    if (empty == 0)
        return true;
    int fewest = scale + 1;
    int chosen = 0;
    for (int i = 0; i < empty && fewest > 1; ++i) {
        const int choices = std::popcount(candidates(m_empty[i]));
        if (choices < fewest) {
            fewest = choices;
            chosen = i;
        }
    }
    const std::uint8_t cell = m_empty[chosen];
    std::swap(m_empty[chosen], m_empty[empty - 1]);
    for (Digits free = candidates(cell); free != 0; free &= free - 1) {
        const Digits digit = free & -free;
        toggle(cell, digit);
        const bool solvable = isSolvable(empty - 1);
        toggle(cell, digit);
        if (solvable)
            return true;
    }
    return false;
}

template <int box>
SudokuPuzzle makeSudokuOf(int removals, PythonRandom &random)
{
    SudokuMaker<box> maker(random);
    maker.fill();
    maker.removeCells(removals);
    return maker.puzzle();
}

} // namespace

SudokuPuzzle makeSudoku(int scale, int removals, PythonRandom &random)
{
    return scale == 4 ? makeSudokuOf<2>(removals, random) : makeSudokuOf<3>(removals, random);
}

} // namespace quarry::gem
