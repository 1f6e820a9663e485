// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What Minesweeper says, and its text board.
#include "gem/games/minesweeper.h"

#include "gem/games/phrases.h"

#include <algorithm>

namespace quarry::gem {

void MinesweeperEnvironment::appendRules(std::string &out) const
{
    appendText(out, "Minesweeper. The grid has ", m_parameters.rows, " rows and ",
               m_parameters.cols, " columns, both counted from 0, and hides ", m_parameters.mines,
               " mines. An open cell shows how many mines are around it. Reveal a cell with "
               "\\boxed{reveal row column}, for example \\boxed{reveal ",
               m_examples[0].row, ' ', m_examples[0].column,
               "}; set a flag or take it away with "
               "\\boxed{flag row column}, for example \\boxed{flag ",
               m_examples[1].row, ' ', m_examples[1].column,
               "}. The first reveal is safe. You win by the reveal that opens the last safe cell "
               "while every mine has "
               "its flag. ");
    appendTurns(out, maxTurns());
}

void MinesweeperEnvironment::appendObservation(std::string &out) const
{
    switch (m_said) {
    case Said::Rules:
        return appendRules(out);
    case Said::Unreadable:
        return appendUnreadable(out, "\\boxed{reveal row column} or \\boxed{flag row column}");
    case Said::Outside:
        appendText(out, "Rows go from 0 to ", m_parameters.rows - 1, ", columns from 0 to ",
                   m_parameters.cols - 1, '.');
        break;
    case Said::Verb:
        out += "Say reveal or flag.";
        break;
    case Said::Open:
        appendText(out, "Cell ", m_at.row, ' ', m_at.column, " is open already.");
        break;
    case Said::Flagged:
        appendText(out, "Cell ", m_at.row, ' ', m_at.column, " has a flag.");
        break;
    case Said::Unflagged:
        appendText(out, "Cell ", m_at.row, ' ', m_at.column, " has no flag any more.");
        break;
    case Said::Revealed:
        appendText(out, "Cell ", m_at.row, ' ', m_at.column, " was safe.");
        break;
    case Said::Mine:
        appendText(out, "There was a mine in cell ", m_at.row, ' ', m_at.column, ". You lose.");
        return;
    case Said::Won:
        out += "Every safe cell is open and every mine has its flag. You win!";
        return;
    }
    if (turn() >= maxTurns())
        out += outOfTurns;
}

std::size_t MinesweeperEnvironment::textIndex(int row, int column) const
{
    const auto line = 3 * std::size_t(m_parameters.cols) + textRowStart;
    return std::size_t(row + 1) * line - 1 + textRowStart + 3 * std::size_t(column);
}

void MinesweeperEnvironment::show(int row, int column, std::uint8_t that)
{
    char &shown = m_text[textIndex(row, column)];
    if ((that & openBit) != 0)
        shown = char('0' + (that & countBits));
    else
        shown = (that & flagBit) != 0 ? 'F' : '.';
}

void MinesweeperEnvironment::writeText()
{
    const auto twoDigits = [](char *end, int number) {
        *end++ = number < 10 ? ' ' : char('0' + number / 10);
        *end++ = char('0' + number % 10);
        return end;
    };
    char *end = std::fill_n(m_text.data(), 2, ' ');
    for (int column = 0; column < m_parameters.cols; ++column) {
        *end++ = ' ';
        end = twoDigits(end, column);
    }
    for (int row = 0; row < m_parameters.rows; ++row) {
        *end++ = '\n';
        end = twoDigits(end, row);
        *end++ = ' ';
        for (int column = 0; column < m_parameters.cols; ++column)
            end = std::copy_n(" . ", 3, end);
    }
    *end = '\n';
}

void MinesweeperEnvironment::appendSuffix(std::string &out) const
{
    out.append(m_text.data(), textSize());
}

} // namespace quarry::gem
