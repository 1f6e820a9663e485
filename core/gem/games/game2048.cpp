// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/game2048.h"

#include "gem/games/phrases.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

namespace quarry::gem {

namespace {

struct Choice2048 {
    int target, maxTurns;
};
constexpr std::array<Choice2048, 3> choices2048 = {{{16, 20}, {32, 30}, {64, 50}}};

// Where a line starts and how its cells follow each other, from the wall that tiles slide to.
struct Slide {
    int first, line, cell;
};
Slide slideOf(Direction direction, int size)
{
    switch (direction) {
    case Direction::Up:
        return {0, 1, size};
    case Direction::Down:
        return {(size - 1) * size, 1, -size};
    case Direction::Left:
        return {0, size, 1};
    case Direction::Right:
        break;
    }
    return {size - 1, size, -1};
}

// Tiles as they are written, right-aligned to 4, with a blank behind.
constexpr int shortPowers = 14;
constexpr std::array<char[5], shortPowers> shortTiles = [] {
    std::array<char[5], shortPowers> out{};
    for (int power = 0; power < shortPowers; ++power) {
        for (char &c : out[power])
            c = ' ';
        out[power][3] = '.';
        if (power > 0) {
            int at = 3;
            for (int rest = 1 << power; rest > 0; rest /= 10)
                out[power][at--] = char('0' + rest % 10);
        }
    }
    return out;
}();

} // namespace

Game2048Environment::Game2048Environment(const Game2048Parameters &parameters)
    : m_parameters(parameters)
{
}

void Game2048Environment::begin(std::uint32_t)
{
    Choice2048 chosen{m_parameters.target, m_parameters.maxTurns};
    if (m_parameters.drawn)
        chosen = random().choice(std::span(choices2048));
    m_target = chosen.target;
    m_size = m_parameters.size;
    setMaxTurns(chosen.maxTurns);
    m_board.fill(0);
    addTile();
    addTile();
    m_example = allDirections[random().below(4)];
    m_firstPower = largest();
    m_targetLog = std::log2(m_target);
    m_bestLog = m_firstPower;
    m_event = Event::Started;
}

void Game2048Environment::addTile()
{
    std::uint64_t empty = 0; // a bit a cell
    for (int cell = 0; cell < count(); ++cell)
        empty |= std::uint64_t(m_board[cell] == 0) << cell;
    for (auto skip = random().below(std::uint64_t(std::popcount(empty))); skip > 0; --skip)
        empty &= empty - 1;
    m_board[std::countr_zero(empty)] = random().real() < 0.9 ? 1 : 2;
}

int Game2048Environment::largest() const
{
    return *std::max_element(m_board.begin(), m_board.begin() + count());
}

bool Game2048Environment::slide(Direction direction, Board &out) const
{
    const Slide way = slideOf(direction, m_size);
    unsigned difference = 0;
    for (int line = 0; line < m_size; ++line) {
        const int first = way.first + line * way.line;
        std::array<std::uint8_t, Game2048Parameters::mostSize + 1> slid{};
        int filled = 0; // cells of SLID that are done with
        unsigned last = 0; // the tile that may still merge; it comes next in SLID
        // Without branches, which could not be foreseen.
        for (int i = 0; i < m_size; ++i) {
            const unsigned tile = m_board[first + i * way.cell];
            const bool merges = (tile != 0) & (last == tile);
            slid[filled] = std::uint8_t(last + merges);
            filled += (tile != 0) & (last != 0);
            last = merges ? 0 : tile != 0 ? tile : last;
        }
        slid[filled] = std::uint8_t(last);
        for (int i = 0; i < m_size; ++i) {
            const int cell = first + i * way.cell;
            difference |= unsigned(slid[i] ^ m_board[cell]);
            out[cell] = slid[i];
        }
    }
    return difference != 0;
}

bool Game2048Environment::canMove(Direction direction) const
{
    const Slide way = slideOf(direction, m_size);
    for (int line = 0; line < m_size; ++line) {
        for (int i = 1; i < m_size; ++i) {
            const int cell = way.first + line * way.line + i * way.cell;
            const std::uint8_t before = m_board[cell - way.cell];
            if (m_board[cell] != 0 && (before == 0 || before == m_board[cell]))
                return true;
        }
    }
    return false;
}

bool Game2048Environment::isStuck() const
{
    if (std::memchr(m_board.data(), 0, std::size_t(count())))
        return false;
    return !canMove(Direction::Up) && !canMove(Direction::Left);
}

double Game2048Environment::progress()
{
    const int power = largest();
    const bool beyond = power > 31 || (std::int64_t(1) << power) > m_target;
    const double reached = beyond ? m_targetLog : power;
    if (reached <= m_bestLog)
        return 0;
    const double reward = (reached - m_bestLog) / (m_targetLog - m_firstPower);
    m_bestLog = reached;
    return reward;
}

Environment::Played Game2048Environment::play(std::string_view action)
{
    const auto direction = readDirection(action, WordCase::Any);
    if (!direction) {
        m_event = Event::Unreadable;
        return {Outcome::Unreadable};
    }
    m_last = *direction;
    m_event = Event::Refused;
    Board slid{};
    if (!slide(*direction, slid))
        return {};
    m_board = slid;
    const double reward = progress();
    addTile();
    if (m_bestLog >= m_targetLog)
        m_event = Event::Won;
    else
        m_event = isStuck() ? Event::Lost : Event::Moved;
    return {m_event == Event::Moved ? Outcome::Goes : Outcome::Ended, reward};
}

void Game2048Environment::appendSuffix(std::string &out) const
{
    char text[22 * Game2048Parameters::mostSize * Game2048Parameters::mostSize];
    char *at = text;
    const std::uint8_t *tile = m_board.data();
    for (int row = 0; row < m_size; ++row) {
        for (int column = 0; column < m_size; ++column, ++tile) {
            if (*tile < shortPowers) {
                std::memcpy(at, shortTiles[*tile], 5);
                at += 5;
            } else {
                at = std::to_chars(at, at + 20, std::uint64_t(1) << *tile).ptr;
                *at++ = ' ';
            }
        }
        at[-1] = '\n';
    }
    out.append(text, std::size_t(at - text - 1));
}

void Game2048Environment::appendObservation(std::string &out) const
{
    const std::string_view direction = directionName(m_last);
    switch (m_event) {
    case Event::Started:
        appendText(
            out, "2048. Make a tile of ", m_target,
            ". Each turn slides all tiles up, down, left or right as far as they go; two equal "
            "tiles "
            "that meet become one of twice the number. After each move a 2 or a 4 appears on an "
            "empty cell. Answer with a direction in a box, for example ",
            directionAction(m_example), ". ");
        return appendTurns(out, maxTurns());
    case Event::Unreadable:
        return appendUnreadable(out, directionForm);
    case Event::Refused:
        appendText(out, "Nothing can slide ", direction, '.');
        break;
    case Event::Moved:
        appendText(out, "The tiles slid ", direction, '.');
        break;
    case Event::Won:
        return appendText(out, "The tiles slid ", direction, " and made ", m_target, ". You win!");
    case Event::Lost:
        return appendText(out, "The tiles slid ", direction,
                          ", and no move is left. The game is over.");
    }
    if (turn() >= maxTurns())
        out += outOfTurns;
}

void Game2048Environment::appendBoardKeys(std::string &out) const
{
    appendText(out, ",\"target\":", m_target, ",\"rows\":");
    for (int cell = 0; cell < count(); ++cell) {
        const std::int64_t tile = m_board[cell] == 0 ? 0 : std::int64_t(1) << m_board[cell];
        appendText(out, cell == 0 ? "[[" : cell % m_size == 0 ? "],[" : ",", tile);
    }
    out += "]]";
}

void Game2048Environment::appendParameters(std::string &out) const
{
    appendText(out, "{\"target\":", m_target, ",\"size\":", m_size, ",\"max_turns\":", maxTurns(),
               '}');
}

DirectionSet Game2048Environment::legalMoves() const
{
    DirectionSet legal;
    for (const Direction direction : allDirections) {
        if (!isOver() && canMove(direction))
            legal.insert(direction);
    }
    return legal;
}

std::vector<std::string> Game2048Environment::legalActions(std::size_t most) const
{
    return legalMoves().actions(most);
}

bool Game2048Environment::appendLegalAction(SampleRandom &random, std::string &out) const
{
    return legalMoves().appendAction(random, out);
}

std::unique_ptr<Environment> Game2048Environment::clone() const
{
    return std::make_unique<Game2048Environment>(*this);
}

} // namespace quarry::gem
