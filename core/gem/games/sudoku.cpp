// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/sudoku.h"

#include "gem/environment/boxed.h"
#include "gem/games/phrases.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace quarry::gem {

namespace {

constexpr SudokuParameters sudokuChoices[] = {{4, 10, 15}, {9, 50, 50}};
constexpr std::string_view sudokuForm = "\\boxed{row column number}";

char signOf(std::uint8_t number)
{
    return number == 0 ? '.' : char('0' + number);
}

} // namespace

SudokuEnvironment::SudokuEnvironment(const SudokuParameters &parameters) : m_parameters(parameters)
{
}

void SudokuEnvironment::begin(std::uint32_t)
{
    if (m_parameters.drawn) {
        m_parameters = sudokuChoices[random().below(std::size(sudokuChoices))];
        m_parameters.drawn = true;
    }
    setMaxTurns(m_parameters.maxTurns);
    m_puzzle = makeSudoku(m_parameters.scale, m_parameters.clues, random());
    m_empty = int(std::count(m_puzzle.cells.begin(), m_puzzle.cells.begin() + count(), 0));
    m_firstEmpty = m_empty;
    m_event = Event::Started;
    layOutText();
}

void SudokuEnvironment::layOutText()
{
    const int scale = m_parameters.scale;
    const int box = scale == 4 ? 2 : 3;
    char *at = m_text.data();
    const auto put = [&at](std::string_view text) { at = std::copy(text.begin(), text.end(), at); };
    put("  ");
    for (int column = 1; column <= scale; ++column) {
        const char name[] = {' ', 'C', char('0' + column)};
        put({name, sizeof name});
        put(column % box == 0 ? "  " : "");
    }
    for (int cell = 0; cell < count(); ++cell) {
        const int row = cell / scale;
        const int column = cell % scale;
        if (column == 0) {
            const char name[] = {'\n', 'R', char('1' + row), ' '};
            put({name, sizeof name});
        } else {
            put(column % box == 0 ? " | " : " ");
        }
        put(" ");
        m_textAt[cell] = std::uint16_t(at - m_text.data());
        *at++ = signOf(m_puzzle.cells[cell]);
        if (column == scale - 1 && (row + 1) % box == 0 && row + 1 < scale) {
            put("\n   ");
            for (int i = 0; i < 2 * (scale - 1); ++i)
                put("- ");
        }
    }
    m_textLength = std::uint16_t(at - m_text.data());
}

Environment::Played SudokuEnvironment::play(std::string_view action)
{
    const auto guess = lastBoxed(action, [](BoxedReader &reader) -> std::optional<Guess> {
        Guess read;
        if (reader.number(read.row) && reader.space() && reader.number(read.column)
            && reader.space() && reader.number(read.number))
            return read;
        return {};
    });
    if (!guess) {
        m_event = Event::Unreadable;
        return {Outcome::Unreadable};
    }
    m_last = *guess;
    if (!isInside(guess->row) || !isInside(guess->column) || !isInside(guess->number)) {
        m_event = Event::OutOfBounds;
        return {};
    }
    const int cell = int((guess->row - 1) * m_parameters.scale + guess->column - 1);
    if (m_puzzle.cells[cell] != 0 || m_puzzle.solution[cell] != guess->number) {
        m_event = m_puzzle.cells[cell] != 0 ? Event::Filled : Event::Wrong;
        return {};
    }
    m_puzzle.cells[cell] = std::uint8_t(guess->number);
    m_text[m_textAt[cell]] = signOf(m_puzzle.cells[cell]);
    m_event = --m_empty == 0 ? Event::Solved : Event::Right;
    return {m_empty == 0 ? Outcome::Ended : Outcome::Goes, 1.0 / m_firstEmpty};
}

void SudokuEnvironment::appendSuffix(std::string &out) const
{
    out.append(m_text.data(), m_textLength);
}

void SudokuEnvironment::appendObservation(std::string &out) const
{
    const int scale = m_parameters.scale;
    switch (m_event) {
    case Event::Started:
        appendText(
            out, "Sudoku. Fill the empty cells (.) with numbers from 1 to ", scale,
            ", so that no row, no column and no block holds a number twice. Each right number "
            "pays; a "
            "wrong one changes nothing. Answer with row, column and number in a box, all counted "
            "from 1, for example \\boxed{1 2 3}. ");
        return appendTurns(out, maxTurns());
    case Event::Unreadable:
        return appendUnreadable(out, sudokuForm);
    case Event::OutOfBounds:
        appendText(out, "Rows, columns and numbers go from 1 to ", scale, " only.");
        break;
    case Event::Filled:
        appendText(out, 'R', m_last.row, " C", m_last.column, " is filled already.");
        break;
    case Event::Wrong:
        appendText(out, m_last.number, " is wrong at R", m_last.row, " C", m_last.column, '.');
        break;
    case Event::Right:
        appendText(out, m_last.number, " is right at R", m_last.row, " C", m_last.column, '.');
        break;
    case Event::Solved:
        out += "The Sudoku is complete. You win!";
        return;
    }
    if (turn() >= maxTurns())
        out += outOfTurns;
}

void SudokuEnvironment::appendBoardKeys(std::string &out) const
{
    out += ",\"rows\":[";
    for (int cell = 0; cell < count(); ++cell) {
        if (cell % m_parameters.scale == 0)
            out += cell == 0 ? "\"" : "\",\"";
        out += signOf(m_puzzle.cells[cell]);
    }
    out += "\"]";
}

void SudokuEnvironment::appendHidden(std::string &out) const
{
    out += "{\"solution\":[";
    for (int cell = 0; cell < count(); ++cell) {
        if (cell % m_parameters.scale == 0)
            out += cell == 0 ? "\"" : "\",\"";
        out += signOf(m_puzzle.solution[cell]);
    }
    out += "\"]}";
}

void SudokuEnvironment::appendParameters(std::string &out) const
{
    appendText(out, "{\"scale\":", m_parameters.scale, ",\"clues\":", m_parameters.clues,
               ",\"max_turns\":", maxTurns(), '}');
}

void SudokuEnvironment::appendAction(std::string &out, int cell, int number) const
{
    appendText(out, "\\boxed{", cell / m_parameters.scale + 1, ' ', cell % m_parameters.scale + 1,
               ' ', number, '}');
}

// Bit N of a cell: N stands in none of its row, column and block. Nothing of the solution is told.
SudokuEnvironment::Candidates SudokuEnvironment::candidates() const
{
    const int scale = m_parameters.scale;
    const int side = scale == 4 ? 2 : 3;
    const unsigned all = (1u << (scale + 1)) - 2;
    std::array<unsigned, 3 * 9> used{};
    const auto usedBy = [&](int cell) {
        const int row = cell / scale;
        const int column = cell % scale;
        return std::array<unsigned *, 3>{
            &used[std::size_t(row)], &used[std::size_t(9 + column)],
            &used[std::size_t(18 + row / side * side + column / side)]};
    };
    for (int cell = 0; cell < count(); ++cell) {
        for (unsigned *const group : usedBy(cell))
            *group |= 1u << m_puzzle.cells[cell];
    }
    Candidates found{};
    for (int cell = 0; cell < count(); ++cell) {
        const auto groups = usedBy(cell);
        if (m_puzzle.cells[cell] == 0)
            found[cell] = std::uint16_t(all & ~(*groups[0] | *groups[1] | *groups[2]));
    }
    return found;
}

std::vector<std::string> SudokuEnvironment::legalActions(std::size_t most) const
{
    std::vector<std::string> out;
    const Candidates found = isOver() ? Candidates{} : candidates();
    for (int cell = 0; cell < count(); ++cell) {
        for (unsigned left = found[cell]; left != 0 && out.size() < most; left &= left - 1)
            appendAction(out.emplace_back(), cell, std::countr_zero(left));
    }
    return out;
}

bool SudokuEnvironment::appendLegalAction(SampleRandom &random, std::string &out) const
{
    const Candidates found = isOver() ? Candidates{} : candidates();
    int number = 0;
    for (const std::uint16_t cell : found)
        number += std::popcount(cell);
    if (number == 0)
        return false;
    int skip = int(random.below(std::uint64_t(number)));
    int cell = 0;
    for (; skip >= std::popcount(found[cell]); ++cell)
        skip -= std::popcount(found[cell]);
    unsigned left = found[cell];
    for (; skip > 0; --skip)
        left &= left - 1;
    appendAction(out, cell, std::countr_zero(left));
    return true;
}

std::unique_ptr<Environment> SudokuEnvironment::clone() const
{
    return std::make_unique<SudokuEnvironment>(*this);
}

} // namespace quarry::gem
