// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Sudoku grids as GEM draws them: a full grid by backtracking, then cells emptied as long as the
// solution stays the only one.
#pragma once

#include "gem/random/pythonrandom.h"

#include <array>
#include <cstdint>

namespace quarry::gem {

inline constexpr int mostSudokuCells = 81;

struct SudokuPuzzle {
    std::array<std::uint8_t, mostSudokuCells> solution{}; // row by row, 1 to SCALE
    std::array<std::uint8_t, mostSudokuCells> cells{}; // the same with the empty ones 0
};

// SCALE is 4 or 9; REMOVALS of 0 to SCALE² cells are tried.
SudokuPuzzle makeSudoku(int scale, int removals, PythonRandom &random);

} // namespace quarry::gem
