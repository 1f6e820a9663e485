// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// FifteenPuzzle: numbered tiles slide into the one gap until they stand in order.
#pragma once

#include "gem/environment/environment.h"
#include "gem/games/direction.h"
#include "gem/games/fifteenreset.h"

#include <array>

namespace quarry::gem {

struct FifteenPuzzleParameters {
    static constexpr int leastSize = 2;
    static constexpr int mostSize = 9;

    int size = 2;
    int maxTurns = 10;
    bool drawn = false; // both come from the seed
    FifteenReset reset = FifteenReset::Commit;
};

class FifteenPuzzleEnvironment final : public Environment
{
public:
    explicit FifteenPuzzleEnvironment(const FifteenPuzzleParameters &parameters);

    void appendObservation(std::string &out) const override;
    void appendSuffix(std::string &out) const override;
    void appendParameters(std::string &out) const override;
    std::vector<std::string> legalActions(std::size_t most) const override;
    bool appendLegalAction(SampleRandom &random, std::string &out) const override;
    std::unique_ptr<Environment> clone() const override;

private:
    static constexpr int mostCells
        = FifteenPuzzleParameters::mostSize * FifteenPuzzleParameters::mostSize;
    enum class Event : std::uint8_t { Started, Unreadable, Refused, Moved, Solved };

    void begin(std::uint32_t seed) override;
    Played play(std::string_view action) override;
    double rewardAtLimit(double reward) const override;
    void appendBoardKeys(std::string &out) const override;

    int count() const { return m_size * m_size; }
    std::uint8_t rightTile(int cell) const; // what stands there when it is solved
    bool canMove(Direction direction) const;
    int neighbour(Direction direction) const; // the cell whose tile moves so into the gap
    void move(Direction direction);
    void scramble();
    void shuffleAll();
    void writeText();
    DirectionSet legalMoves() const;

    FifteenPuzzleParameters m_parameters;
    int m_size = 0;
    int m_gap = 0; // its cell
    int m_gapColumn = 0;
    int m_misplaced = 0; // cells without their right content
    Event m_event = Event::Started;
    Direction m_last = Direction::Up;
    std::array<std::uint8_t, mostCells> m_tiles{}; // row by row, 0 is the gap
    std::array<char, 3 * mostCells> m_text{}; // three characters a cell, kept as the tiles move
};

} // namespace quarry::gem
