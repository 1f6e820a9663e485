// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Sokoban: push every box onto a target.
#pragma once

#include "gem/environment/environment.h"
#include "gem/games/direction.h"
#include "gem/games/sokobanroom.h"

namespace quarry::gem {

struct SokobanParameters {
    static constexpr int leastSide = SokobanGrid::leastSide;
    static constexpr int mostSide = SokobanGrid::mostSide;
    static constexpr int mostBoxes = mostSokobanBoxes;

    int rows = 6;
    int columns = 6;
    int boxes = 2; // at least 1
    int maxTurns = 20;
    bool drawn = false; // all of them come from the seed

    // Whether rooms are found in a fraction of a second: in a narrow one with many boxes hardly any
    // try succeeds.
    bool fits() const { return leastCells * boxes <= (rows - 2) * (columns - 2); }
    static constexpr int leastCells = 5; // within the walls, for each box
};

class SokobanEnvironment final : public Environment
{
public:
    explicit SokobanEnvironment(const SokobanParameters &parameters);

    void appendObservation(std::string &out) const override;
    void appendSuffix(std::string &out) const override;
    void appendParameters(std::string &out) const override;
    std::vector<std::string> legalActions(std::size_t most) const override;
    bool appendLegalAction(SampleRandom &random, std::string &out) const override;
    std::unique_ptr<Environment> clone() const override;

private:
    enum class Event : std::uint8_t { Started, Unreadable, Refused, Walked, Pushed, Solved };

    void begin(std::uint32_t seed) override;
    Played play(std::string_view action) override;
    double rewardAtLimit(double reward) const override;
    void appendBoardKeys(std::string &out) const override;

    int stepOf(Direction direction) const; // to the next cell that way
    bool canMove(Direction direction) const;
    void move(Direction direction);
    DirectionSet legalMoves() const;

    SokobanParameters m_parameters;
    SokobanRoom m_room;
    int m_player = 0; // its cell
    int m_placed = 0; // boxes on targets
    Event m_event = Event::Started;
    Direction m_last = Direction::Up;
    Direction m_example = Direction::Up;
};

} // namespace quarry::gem
