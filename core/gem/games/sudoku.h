// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Sudoku: fill the empty cells, each right number pays.
#pragma once

#include "gem/environment/environment.h"
#include "gem/games/sudokugrid.h"

#include <array>

namespace quarry::gem {

struct SudokuParameters {
    int scale = 4; // 4 or 9
    int clues = 10; // GEM's word for how many cells it tries to empty; 0 to scale²
    int maxTurns = 15;
    bool drawn = false; // all three come from the seed
};

class SudokuEnvironment final : public Environment
{
public:
    explicit SudokuEnvironment(const SudokuParameters &parameters);

    void appendObservation(std::string &out) const override;
    void appendSuffix(std::string &out) const override;
    void appendHidden(std::string &out) const override;
    void appendParameters(std::string &out) const override;
    std::vector<std::string> legalActions(std::size_t most) const override;
    bool appendLegalAction(SampleRandom &random, std::string &out) const override;
    std::unique_ptr<Environment> clone() const override;

private:
    enum class Event : std::uint8_t {
        Started,
        Unreadable,
        OutOfBounds,
        Filled,
        Wrong,
        Right,
        Solved
    };
    struct Guess {
        std::int64_t row = 0, column = 0, number = 0; // from 1
    };
    static constexpr int mostText = 512;

    void begin(std::uint32_t seed) override;
    Played play(std::string_view action) override;
    void appendBoardKeys(std::string &out) const override;

    int count() const { return m_parameters.scale * m_parameters.scale; }
    bool isInside(std::int64_t number) const { return number >= 1 && number <= m_parameters.scale; }
    void layOutText();
    using Candidates = std::array<std::uint16_t, mostSudokuCells>;
    Candidates candidates() const;
    void appendAction(std::string &out, int cell, int number) const;

    SudokuParameters m_parameters;
    SudokuPuzzle m_puzzle;
    int m_firstEmpty = 0; // empty cells at reset
    int m_empty = 0;
    Event m_event = Event::Started;
    Guess m_last;
    // The text board, and where each cell stands in it.
    std::array<char, mostText> m_text{};
    std::array<std::uint16_t, mostSudokuCells> m_textAt{};
    std::uint16_t m_textLength = 0;
};

} // namespace quarry::gem
