// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Crosswords: fill in words by their clues, a letter at a time.
#pragma once

#include "gem/environment/environment.h"
#include "gem/games/wordgrid.h"

namespace quarry::gem {

struct CrosswordsParameters {
    int words = 3;
    int maxTurns = 30;
    bool hardcore = false; // the hard words
    bool drawn = false; // all three come from the seed
};

class CrosswordsEnvironment final : public Environment
{
public:
    explicit CrosswordsEnvironment(const CrosswordsParameters &parameters);

    void appendObservation(std::string &out) const override;
    // The text board, then a line a clue.
    void appendSuffix(std::string &out) const override;
    void appendHidden(std::string &out) const override;
    void appendParameters(std::string &out) const override;
    // Every letter for every empty cell, in row order.
    std::vector<std::string> legalActions(std::size_t most) const override;
    bool appendLegalAction(SampleRandom &random, std::string &out) const override;
    std::unique_ptr<Environment> clone() const override;

protected:
    void begin(std::uint32_t seed) override;
    Played play(std::string_view action) override;
    void appendBoardKeys(std::string &out) const override;

private:
    enum class Said : std::uint8_t { Rules, Unreadable, Outside, NoCell, Filled, Wrong, Right };

    void drawWords();
    std::string_view clueOf(const PlacedWord &word) const;

    CrosswordsParameters m_parameters;
    WordGrid m_grid; // as shown: _ is an empty cell
    std::array<char, std::size_t(WordGrid::mostSide) * WordGrid::mostSide>
        m_solution{}; // row by row
    std::string m_clues; // the lines of the suffix
    int m_letterCells = 0;
    int m_emptyCells = 0;
    int m_row = 0, m_column = 0; // of the last action
    char m_letter = 'A';
    Said m_said = Said::Rules;
};

} // namespace quarry::gem
