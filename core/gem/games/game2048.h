// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// 2048: tiles slide and merge until one of them reaches the target.
#pragma once

#include "gem/environment/environment.h"
#include "gem/games/direction.h"

#include <array>

namespace quarry::gem {

struct Game2048Parameters {
    static constexpr int leastTarget = 8;
    static constexpr int mostTarget = 1 << 20;
    static constexpr int leastSize = 2;
    static constexpr int mostSize = 8;

    int target = 64;
    int size = 4;
    int maxTurns = 50;
    bool drawn = false; // target and turns come from the seed
};

class Game2048Environment final : public Environment
{
public:
    explicit Game2048Environment(const Game2048Parameters &parameters);

    void appendObservation(std::string &out) const override;
    void appendSuffix(std::string &out) const override;
    void appendParameters(std::string &out) const override;
    std::vector<std::string> legalActions(std::size_t most) const override;
    bool appendLegalAction(SampleRandom &random, std::string &out) const override;
    std::unique_ptr<Environment> clone() const override;

private:
    enum class Event : std::uint8_t { Started, Unreadable, Refused, Moved, Won, Lost };
    // A tile's power of two, 0 for none: 2⁶³ would take more turns than anybody has.
    using Board
        = std::array<std::uint8_t, Game2048Parameters::mostSize * Game2048Parameters::mostSize>;

    void begin(std::uint32_t seed) override;
    Played play(std::string_view action) override;
    void appendBoardKeys(std::string &out) const override;

    int count() const { return m_size * m_size; }
    // Slides M_BOARD and writes it to OUT; false when nothing moves.
    bool slide(Direction direction, Board &out) const;
    bool canMove(Direction direction) const;
    bool isStuck() const;
    void addTile();
    int largest() const; // as a power
    double progress();
    DirectionSet legalMoves() const;

    Game2048Parameters m_parameters;
    int m_target = 0;
    int m_size = 0;
    int m_firstPower = 0; // of the largest tile at reset
    double m_targetLog = 0;
    double m_bestLog = 0; // of the largest tile so far, at most the target
    Event m_event = Event::Started;
    Direction m_last = Direction::Up;
    Direction m_example = Direction::Up;
    Board m_board{};
};

} // namespace quarry::gem
