// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/sokoban.h"

#include "gem/games/phrases.h"

#include <algorithm>
#include <cstring>

namespace quarry::gem {

namespace {

constexpr SokobanParameters sokobanChoices[] = {{6, 6, 2, 20}, {8, 8, 5, 50}};
constexpr char sokobanCodes[] = "#_.*$@"; // the board's, by SokobanCell

// A cell of the text board and the blank behind it.
struct SokobanSign {
    char text[4];
    std::uint8_t length;
};
constexpr SokobanSign sokobanSigns[] = {
    {{'#', ' '}, 2}, {{'_', ' '}, 2}, {{'O', ' '}, 2}, {{'\xE2', '\x88', '\x9A', ' '}, 4}, // √
    {{'X', ' '}, 2}, {{'P', ' '}, 2},
};

bool holdsBox(std::uint8_t cell)
{
    return cell == SokobanBox || cell == SokobanBoxOnTarget;
}

} // namespace

SokobanEnvironment::SokobanEnvironment(const SokobanParameters &parameters)
    : m_parameters(parameters)
{
}

void SokobanEnvironment::begin(std::uint32_t seed)
{
    if (m_parameters.drawn) {
        m_parameters = sokobanChoices[random().below(std::size(sokobanChoices))];
        m_parameters.drawn = true;
    }
    setMaxTurns(m_parameters.maxTurns);
    m_room = generateSokobanRoom(m_parameters.rows, m_parameters.columns, m_parameters.boxes, seed);
    m_example = allDirections[random().below(4)];
    const auto &cells = m_room.state.cells;
    m_player = int(std::find(cells.begin(), cells.end(), SokobanPlayer) - cells.begin());
    m_placed = 0;
    m_event = Event::Started;
}

int SokobanEnvironment::stepOf(Direction direction) const
{
    return m_room.state.directions()[std::size_t(direction)];
}

bool SokobanEnvironment::canMove(Direction direction) const
{
    const int step = stepOf(direction);
    const std::uint8_t ahead = m_room.state.cells[m_player + step];
    const std::uint8_t entered = holdsBox(ahead) ? m_room.state.cells[m_player + 2 * step] : ahead;
    return entered == SokobanFloor || entered == SokobanTarget;
}

void SokobanEnvironment::move(Direction direction)
{
    const int ahead = m_player + stepOf(direction);
    const int beyond = ahead + stepOf(direction);
    auto &cells = m_room.state.cells;
    const auto &fixed = m_room.fixed.cells;
    m_event = Event::Walked;
    if (holdsBox(cells[ahead])) {
        m_event = Event::Pushed;
        const bool placed = fixed[beyond] == SokobanTarget;
        m_placed += int(placed) - int(cells[ahead] == SokobanBoxOnTarget);
        cells[beyond] = placed ? SokobanBoxOnTarget : SokobanBox;
    }
    cells[ahead] = SokobanPlayer;
    cells[m_player] = fixed[m_player];
    m_player = ahead;
}

Environment::Played SokobanEnvironment::play(std::string_view action)
{
    const auto direction = readDirection(action, WordCase::Any);
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
    if (m_placed != m_room.boxes)
        return {};
    m_event = Event::Solved;
    return {Outcome::Ended, 1};
}

double SokobanEnvironment::rewardAtLimit(double) const
{
    return double(m_placed) / m_room.boxes;
}

void SokobanEnvironment::appendSuffix(std::string &out) const
{
    char text[4 * SokobanGrid::mostSide * SokobanGrid::mostSide];
    char *at = text;
    const std::uint8_t *cell = m_room.state.cells.data();
    for (int row = 0; row < m_room.state.rows; ++row) {
        for (int column = 0; column < m_room.state.columns; ++column) {
            const SokobanSign &sign = sokobanSigns[*cell++];
            std::memcpy(at, sign.text, sizeof sign.text);
            at += sign.length;
        }
        at[-1] = '\n';
    }
    out.append(text, std::size_t(at - text));
}

void SokobanEnvironment::appendObservation(std::string &out) const
{
    const std::string_view direction = directionName(m_last);
    switch (m_event) {
    case Event::Started:
        appendText(
            out,
            "Sokoban. Push every box onto a target. You (P) walk up, down, left or right over the "
            "floor (_); walking into a box (X) pushes it, if the cell behind it is floor or a "
            "free target (O). Boxes on targets are √, walls #. Nothing can be pulled. Answer "
            "with a direction in a box, for example ",
            directionAction(m_example), ". ");
        return appendTurns(out, maxTurns());
    case Event::Unreadable:
        return appendUnreadable(out, directionForm);
    case Event::Refused:
        appendText(out, "The way ", direction, " is blocked.");
        break;
    case Event::Walked:
        appendText(out, "You walked ", direction, '.');
        break;
    case Event::Pushed:
        appendText(out, "You pushed a box ", direction, '.');
        break;
    case Event::Solved:
        out += "Every box is on a target. You win!";
        return;
    }
    if (turn() >= maxTurns())
        out += outOfTurns;
}

void SokobanEnvironment::appendBoardKeys(std::string &out) const
{
    appendText(out, ",\"boxes\":", m_room.boxes, ",\"rows\":[");
    for (int cell = 0; cell < m_room.state.count(); ++cell) {
        if (cell % m_room.state.columns == 0)
            out += cell == 0 ? "\"" : "\",\"";
        const bool onTarget = cell == m_player && m_room.fixed.cells[cell] == SokobanTarget;
        out += onTarget ? '+' : sokobanCodes[m_room.state.cells[cell]];
    }
    out += "\"]";
}

void SokobanEnvironment::appendParameters(std::string &out) const
{
    const int rows = m_parameters.rows;
    const int columns = m_parameters.columns;
    appendText(out, "{\"rows\":", rows, ",\"cols\":", columns, ",\"boxes\":", m_room.boxes,
               ",\"gen_steps\":", sokobanWalkSteps(rows, columns), ",\"max_turns\":", maxTurns(),
               '}');
}

DirectionSet SokobanEnvironment::legalMoves() const
{
    DirectionSet legal;
    for (const Direction direction : allDirections) {
        if (!isOver() && canMove(direction))
            legal.insert(direction);
    }
    return legal;
}

std::vector<std::string> SokobanEnvironment::legalActions(std::size_t most) const
{
    return legalMoves().actions(most);
}

bool SokobanEnvironment::appendLegalAction(SampleRandom &random, std::string &out) const
{
    return legalMoves().appendAction(random, out);
}

std::unique_ptr<Environment> SokobanEnvironment::clone() const
{
    return std::make_unique<SokobanEnvironment>(*this);
}

} // namespace quarry::gem
