// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/minesweeper.h"

#include "gem/environment/appendtext.h"
#include "gem/environment/boxed.h"

#include <algorithm>

namespace quarry::gem {

namespace {

enum class Verb : std::uint8_t { Reveal, Flag, Other };
struct MineAction {
    Verb verb = Verb::Other;
    std::int64_t row = 0, column = 0;
};

std::optional<MineAction> takeMineAction(BoxedReader &reader)
{
    std::array<char, 7> word{};
    std::size_t length = 0;
    for (char c = 0; reader.letter(c); ++length) {
        if (length < word.size())
            word[length] = c;
    }
    MineAction action;
    if (length == 0 || !reader.space() || !reader.number(action.row) || !reader.space()
        || !reader.number(action.column))
        return std::nullopt;
    const std::string_view verb(word.data(), std::min(length, word.size()));
    action.verb = verb == "REVEAL" ? Verb::Reveal : verb == "FLAG" ? Verb::Flag : Verb::Other;
    return action;
}

} // namespace

MinesweeperEnvironment::MinesweeperEnvironment(const MinesweeperParameters &parameters)
    : m_parameters(parameters)
{
}

void MinesweeperEnvironment::begin(std::uint32_t)
{
    if (m_parameters.drawn) {
        const int side = int(random().between(5, 8));
        m_parameters.rows = m_parameters.cols = side;
        m_parameters.mines = side * side / 5;
        m_parameters.maxTurns = side * side;
    }
    setMaxTurns(m_parameters.maxTurns);
    for (Position &example : m_examples) {
        example.row = int(random().between(0, m_parameters.rows - 1));
        example.column = int(random().between(0, m_parameters.cols - 1));
    }
    std::fill_n(m_cells.begin(), cellCount(), std::uint8_t(0));
    writeText();
    m_openCount = 0;
    m_isLaid = false;
    m_said = Said::Rules;
}

template <typename Visit>
void MinesweeperEnvironment::forNeighbours(int row, int column, Visit visit) const
{
    const int lastRow = std::min(row + 1, m_parameters.rows - 1);
    const int lastColumn = std::min(column + 1, m_parameters.cols - 1);
    for (int r = std::max(row - 1, 0); r <= lastRow; ++r) {
        for (int c = std::max(column - 1, 0); c <= lastColumn; ++c) {
            if (r != row || c != column)
                visit(r, c);
        }
    }
}

void MinesweeperEnvironment::layMines(Position safe)
{
    for (int laid = 0; laid < m_parameters.mines;) {
        const int row = int(random().between(0, m_parameters.rows - 1));
        const int column = int(random().between(0, m_parameters.cols - 1));
        const bool isSafe = std::abs(row - safe.row) <= 1 && std::abs(column - safe.column) <= 1;
        if (isSafe || (cell(row, column) & mineBit) != 0)
            continue;
        cell(row, column) |= mineBit;
        ++laid;
        forNeighbours(row, column, [this](int r, int c) { ++cell(r, c); });
    }
    m_isLaid = true;
}

int MinesweeperEnvironment::open()
{
    std::array<std::uint16_t,
               MinesweeperParameters::longestSide * MinesweeperParameters::longestSide>
        waiting;
    std::size_t count = 0;
    int opened = 0;
    const auto openCell = [&](int row, int column) {
        std::uint8_t &that = cell(row, column);
        if ((that & (openBit | flagBit)) != 0)
            return;
        that |= openBit;
        show(row, column, that);
        ++opened;
        if ((that & countBits) == 0)
            waiting[count++] = std::uint16_t(row * m_parameters.cols + column);
    };
    openCell(m_at.row, m_at.column);
    while (count > 0) {
        const int index = waiting[--count];
        forNeighbours(index / m_parameters.cols, index % m_parameters.cols, openCell);
    }
    m_openCount += opened;
    return opened;
}

bool MinesweeperEnvironment::isSolved() const
{
    if (m_openCount < cellCount() - m_parameters.mines)
        return false;
    return std::all_of(m_cells.begin(), m_cells.begin() + cellCount(),
                       [](std::uint8_t that) { return (that & (openBit | flagBit)) != 0; });
}

Environment::Played MinesweeperEnvironment::reveal()
{
    if (!m_isLaid)
        layMines(m_at);
    const std::uint8_t that = cell(m_at.row, m_at.column);
    if ((that & mineBit) != 0) {
        m_said = Said::Mine;
        return {Outcome::Ended};
    }
    m_said = (that & openBit) != 0 ? Said::Open : Said::Flagged;
    if ((that & (openBit | flagBit)) != 0)
        return {};
    const double reward = double(open()) / (cellCount() - m_parameters.mines);
    const bool won = isSolved();
    m_said = won ? Said::Won : Said::Revealed;
    return {won ? Outcome::Ended : Outcome::Goes, reward};
}

Environment::Played MinesweeperEnvironment::flag()
{
    std::uint8_t &that = cell(m_at.row, m_at.column);
    if ((that & openBit) != 0) {
        m_said = Said::Open;
        return {};
    }
    that ^= flagBit;
    show(m_at.row, m_at.column, that);
    m_said = (that & flagBit) != 0 ? Said::Flagged : Said::Unflagged;
    return {};
}

Environment::Played MinesweeperEnvironment::play(std::string_view action)
{
    const auto read = lastBoxed(action, takeMineAction);
    if (!read) {
        m_said = Said::Unreadable;
        return {Outcome::Unreadable};
    }
    m_at = {int(read->row), int(read->column)};
    if (read->row >= m_parameters.rows || read->column >= m_parameters.cols)
        m_said = Said::Outside;
    else if (read->verb == Verb::Reveal)
        return reveal();
    else if (read->verb == Verb::Flag)
        return flag();
    else
        m_said = Said::Verb;
    return {};
}

void MinesweeperEnvironment::appendBoardKeys(std::string &out) const
{
    appendText(out, ",\"mines\":", m_parameters.mines, ",\"rows\":");
    constexpr std::size_t side = MinesweeperParameters::longestSide;
    std::array<char, side *(side + 3) + 1> rows;
    char *end = rows.data();
    for (int row = 0; row < m_parameters.rows; ++row) {
        *end++ = row == 0 ? '[' : ',';
        *end++ = '"';
        for (int column = 0; column < m_parameters.cols; ++column)
            *end++ = m_text[textIndex(row, column)];
        *end++ = '"';
    }
    *end++ = ']';
    out.append(rows.data(), end);
}

void MinesweeperEnvironment::appendHidden(std::string &out) const
{
    if (!m_isLaid) {
        out += "null";
        return;
    }
    std::string_view between = "{\"mines\":[[";
    for (int i = 0; i < cellCount(); ++i) {
        if ((m_cells[std::size_t(i)] & mineBit) != 0) {
            appendText(out, between, i / m_parameters.cols, ',', i % m_parameters.cols);
            between = "],[";
        }
    }
    out += "]]}";
}

void MinesweeperEnvironment::appendParameters(std::string &out) const
{
    appendText(out, "{\"rows\":", m_parameters.rows, ",\"cols\":", m_parameters.cols,
               ",\"mines\":", m_parameters.mines, ",\"max_turns\":", m_parameters.maxTurns, '}');
}

void MinesweeperEnvironment::appendLegal(std::string &out, std::string_view verb, int index) const
{
    appendText(out, "\\boxed{", verb, ' ', index / m_parameters.cols, ' ',
               index % m_parameters.cols, '}');
}

std::vector<std::string> MinesweeperEnvironment::legalActions(std::size_t most) const
{
    std::vector<std::string> actions;
    if (isOver())
        return actions;
    const auto add = [&](std::string_view verb, unsigned forbidden) {
        for (int i = 0; i < cellCount() && actions.size() < most; ++i) {
            if ((m_cells[std::size_t(i)] & forbidden) == 0)
                appendLegal(actions.emplace_back(), verb, i);
        }
    };
    add("reveal", openBit | flagBit);
    add("flag", openBit);
    return actions;
}

bool MinesweeperEnvironment::appendLegalAction(SampleRandom &random, std::string &out) const
{
    // The draw is among all reveals and flags, until it is an allowed one. A cell that is not open
    // is a mine or wins when it is opened, and there is one, since the game is not over.
    while (!isOver()) {
        const int index = int(random.below(std::size_t(cellCount()) * 2));
        const bool isFlag = index >= cellCount();
        const int at = isFlag ? index - cellCount() : index;
        if ((m_cells[std::size_t(at)] & (isFlag ? openBit : openBit | flagBit)) == 0) {
            appendLegal(out, isFlag ? "flag" : "reveal", at);
            return true;
        }
    }
    return false;
}

std::unique_ptr<Environment> MinesweeperEnvironment::clone() const
{
    return std::make_unique<MinesweeperEnvironment>(*this);
}

} // namespace quarry::gem
