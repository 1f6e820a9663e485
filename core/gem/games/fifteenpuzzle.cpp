// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/fifteenpuzzle.h"

#include "gem/games/phrases.h"

#include <algorithm>

namespace quarry::gem {

namespace {

constexpr int scrambleMoves = 100;

struct FifteenChoice {
    int size, maxTurns;
};
constexpr std::array<FifteenChoice, 3> fifteenChoices = {{{2, 10}, {3, 20}, {4, 50}}};

Direction opposite(Direction direction)
{
    return Direction(int(direction) ^ 1);
}

} // namespace

FifteenPuzzleEnvironment::FifteenPuzzleEnvironment(const FifteenPuzzleParameters &parameters)
    : m_parameters(parameters)
{
}

void FifteenPuzzleEnvironment::begin(std::uint32_t)
{
    FifteenChoice chosen{m_parameters.size, m_parameters.maxTurns};
    if (m_parameters.drawn)
        chosen = random().choice(std::span(fifteenChoices));
    m_size = chosen.size;
    setMaxTurns(chosen.maxTurns);
    for (int cell = 0; cell < count(); ++cell)
        m_tiles[cell] = rightTile(cell);
    if (m_parameters.reset == FifteenReset::Commit)
        scramble();
    else
        shuffleAll();
    m_misplaced = 0;
    for (int cell = 0; cell < count(); ++cell)
        m_misplaced += m_tiles[cell] != rightTile(cell);
    writeText();
    m_event = Event::Started;
}

void FifteenPuzzleEnvironment::scramble()
{
    m_gap = count() - 1;
    m_gapColumn = m_size - 1;
    Direction last = Direction::Up;
    for (int i = 0; i < scrambleMoves; ++i) {
        std::array<Direction, 4> candidates;
        std::size_t found = 0;
        for (const Direction direction : allDirections) {
            if (canMove(direction) && (i == 0 || direction != opposite(last)))
                candidates[found++] = direction;
        }
        last = candidates[random().below(found)];
        move(last);
    }
}

void FifteenPuzzleEnvironment::shuffleAll()
{
    random().shuffle(std::span(m_tiles).first(std::size_t(count())));
    m_gap = int(std::find(m_tiles.begin(), m_tiles.end(), 0) - m_tiles.begin());
    m_gapColumn = m_gap % m_size;
}

std::uint8_t FifteenPuzzleEnvironment::rightTile(int cell) const
{
    return std::uint8_t(cell + 1 == count() ? 0 : cell + 1);
}

bool FifteenPuzzleEnvironment::canMove(Direction direction) const
{
    switch (direction) {
    case Direction::Up:
        return m_gap < count() - m_size;
    case Direction::Down:
        return m_gap >= m_size;
    case Direction::Left:
        return m_gapColumn != m_size - 1;
    case Direction::Right:
        return m_gapColumn != 0;
    }
    return false;
}

int FifteenPuzzleEnvironment::neighbour(Direction direction) const
{
    const std::array<int, 4> steps = {m_size, -m_size, 1, -1};
    return m_gap + steps[std::size_t(direction)];
}

void FifteenPuzzleEnvironment::move(Direction direction)
{
    const int from = neighbour(direction);
    m_misplaced -= (m_tiles[from] != rightTile(from)) + (m_gap + 1 != count());
    std::swap(m_tiles[from], m_tiles[m_gap]);
    std::swap_ranges(&m_text[3 * from], &m_text[3 * from] + 2, &m_text[3 * m_gap]);
    m_misplaced += (m_tiles[m_gap] != rightTile(m_gap)) + (from + 1 != count());
    m_gap = from;
    m_gapColumn += int(direction == Direction::Left) - int(direction == Direction::Right);
}

Environment::Played FifteenPuzzleEnvironment::play(std::string_view action)
{
    const auto direction = readDirection(action, WordCase::Lower);
    if (!direction) {
        m_event = Event::Unreadable;
        return {Outcome::Unreadable};
    }
    m_last = *direction;
    if (!canMove(*direction)) {
        m_event = Event::Refused;
        return {};
    }
    move(*direction);
    m_event = m_misplaced == 0 ? Event::Solved : Event::Moved;
    return m_misplaced == 0 ? Played{Outcome::Ended, 1} : Played{};
}

double FifteenPuzzleEnvironment::rewardAtLimit(double reward) const
{
    // Added one by one, as GEM does: the sum differs from the product in its last bits.
    for (int i = m_misplaced; i < count(); ++i)
        reward += 1.0 / count();
    return reward;
}

void FifteenPuzzleEnvironment::writeText()
{
    for (int cell = 0; cell < count(); ++cell) {
        char *const at = &m_text[3 * cell];
        const int tile = m_tiles[cell];
        at[0] = tile == 0 ? '_' : tile < 10 ? ' ' : char('0' + tile / 10);
        at[1] = tile == 0 ? '_' : char('0' + tile % 10);
        at[2] = (cell + 1) % m_size == 0 ? '\n' : ' ';
    }
}

void FifteenPuzzleEnvironment::appendSuffix(std::string &out) const
{
    out.append(m_text.data(), std::size_t(3 * count()));
}

void FifteenPuzzleEnvironment::appendObservation(std::string &out) const
{
    const std::string_view direction = directionName(m_last);
    switch (m_event) {
    case Event::Started:
        appendText(out, "Put the tiles in order, row by row from 1 to ", count() - 1,
                   ", with the gap (__) last. Each turn slides one tile into the gap: up the tile "
                   "below it, "
                   "down the one above it, left the one to its right, right the one to its left. "
                   "Answer with "
                   "the tile's way in a box, in lower case, for example \\boxed{left}. ");
        return appendTurns(out, maxTurns());
    case Event::Unreadable:
        return appendUnreadable(out, directionForm);
    case Event::Refused:
        appendText(out, "No tile can move ", direction, '.');
        break;
    case Event::Moved:
        appendText(out, "A tile moved ", direction, '.');
        break;
    case Event::Solved:
        out += "Every tile is in its place. You win!";
        return;
    }
    if (turn() >= maxTurns())
        out += outOfTurns;
}

void FifteenPuzzleEnvironment::appendBoardKeys(std::string &out) const
{
    out += ",\"rows\":";
    for (int cell = 0; cell < count(); ++cell)
        appendText(out, cell == 0 ? "[[" : cell % m_size == 0 ? "],[" : ",", m_tiles[cell]);
    out += "]]";
}

void FifteenPuzzleEnvironment::appendParameters(std::string &out) const
{
    appendText(out, "{\"size\":", m_size, ",\"max_turns\":", maxTurns(), '}');
}

DirectionSet FifteenPuzzleEnvironment::legalMoves() const
{
    DirectionSet legal;
    for (const Direction direction : allDirections) {
        if (!isOver() && canMove(direction))
            legal.insert(direction);
    }
    return legal;
}

std::vector<std::string> FifteenPuzzleEnvironment::legalActions(std::size_t most) const
{
    return legalMoves().actions(most);
}

bool FifteenPuzzleEnvironment::appendLegalAction(SampleRandom &random, std::string &out) const
{
    return legalMoves().appendAction(random, out);
}

std::unique_ptr<Environment> FifteenPuzzleEnvironment::clone() const
{
    return std::make_unique<FifteenPuzzleEnvironment>(*this);
}

} // namespace quarry::gem
