// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Minesweeper: reveal every safe cell, and flag every mine before the last reveal.
#pragma once

#include "gem/environment/environment.h"

#include <array>

namespace quarry::gem {

struct MinesweeperParameters {
    static constexpr int longestSide = 30;

    int rows = 5;
    int cols = 5;
    int mines = 5; // they have to fit outside the 3×3 block of the first reveal
    int maxTurns = 25;
    bool drawn = false; // all four come from the seed
};

class MinesweeperEnvironment final : public Environment
{
public:
    explicit MinesweeperEnvironment(const MinesweeperParameters &parameters);

    void appendObservation(std::string &out) const override;
    void appendSuffix(std::string &out) const override;
    void appendHidden(std::string &out) const override;
    void appendParameters(std::string &out) const override;
    // Reveals in row order, then flags (set or taken away) in row order.
    std::vector<std::string> legalActions(std::size_t most) const override;
    bool appendLegalAction(SampleRandom &random, std::string &out) const override;
    std::unique_ptr<Environment> clone() const override;

protected:
    void begin(std::uint32_t seed) override;
    Played play(std::string_view action) override;
    void appendBoardKeys(std::string &out) const override;

private:
    enum class Said : std::uint8_t {
        Rules,
        Unreadable,
        Outside,
        Verb,
        Open,
        Flagged,
        Unflagged,
        Revealed,
        Mine,
        Won
    };
    struct Position {
        int row = 0, column = 0;
    };

    // A cell: the mines around it (0 to 8) and these.
    static constexpr std::size_t textRowStart = 4;
    static constexpr std::uint8_t countBits = 0x0F, mineBit = 0x10, flagBit = 0x20, openBit = 0x40;

    std::uint8_t &cell(int row, int column)
    {
        return m_cells[std::size_t(row * m_parameters.cols + column)];
    }
    std::uint8_t cell(int row, int column) const
    {
        return m_cells[std::size_t(row * m_parameters.cols + column)];
    }
    int cellCount() const { return m_parameters.rows * m_parameters.cols; }
    // Calls VISIT(row, column) for the cells beside that one.
    template <typename Visit>
    void forNeighbours(int row, int column, Visit visit) const;
    void layMines(Position safe);
    Played reveal();
    Played flag();
    // How many cells that opens.
    int open();
    bool isSolved() const;
    // Writes what a cell shows into the text board.
    void show(int row, int column, std::uint8_t that);
    // Where a cell stands in the text board, and how long that is.
    std::size_t textIndex(int row, int column) const;
    std::size_t textSize() const { return textIndex(m_parameters.rows, 0) - textRowStart; }
    void writeText();
    void appendRules(std::string &out) const;
    void appendLegal(std::string &out, std::string_view verb, int index) const;

    MinesweeperParameters m_parameters;
    std::array<std::uint8_t,
               MinesweeperParameters::longestSide * MinesweeperParameters::longestSide>
        m_cells{};
    std::array<char,
               std::size_t(MinesweeperParameters::longestSide + 1)
                   * (3 * MinesweeperParameters::longestSide + 4)>
        m_text{}; // kept as cells change
    std::array<Position, 2> m_examples{};
    Position m_at;
    int m_openCount = 0;
    bool m_isLaid = false;
    Said m_said = Said::Rules;
};

} // namespace quarry::gem
