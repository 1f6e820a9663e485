// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/crosswords.h"

#include "gem/environment/boxed.h"
#include "gem/environment/jsontext.h"
#include "gem/games/phrases.h"
#include "gem/words/words.h"

#include <algorithm>

namespace quarry::gem {

namespace {

struct CrosswordAction {
    std::int64_t row = 0, column = 0;
    char letter = 'A';
};

std::optional<CrosswordAction> takeCrosswordAction(BoxedReader &reader)
{
    CrosswordAction action;
    const bool isRead = reader.number(action.row) && reader.spaces() > 0
        && reader.number(action.column) && reader.spaces() > 0 && reader.letter(action.letter);
    return isRead ? std::optional(action) : std::nullopt;
}

std::string_view directionOf(const PlacedWord &word)
{
    return word.isDown ? "down" : "across";
}

} // namespace

CrosswordsEnvironment::CrosswordsEnvironment(const CrosswordsParameters &parameters)
    : m_parameters(parameters)
{
}

std::string_view CrosswordsEnvironment::clueOf(const PlacedWord &word) const
{
    const auto words = clueWords(m_parameters.hardcore);
    return std::find_if(words.begin(), words.end(),
                        [&](const ClueWord &that) { return that.word == word.word; })
        ->clue;
}

void CrosswordsEnvironment::drawWords()
{
    const auto list = clueWords(m_parameters.hardcore);
    std::array<std::string_view, WordGrid::mostWords> words;
    const auto picked = random().sample(list.size(), std::size_t(m_parameters.words));
    std::transform(picked.begin(), picked.end(), words.begin(),
                   [&](std::size_t index) { return list[index].word; });
    m_grid.place({words.data(), picked.size()}, random());

    m_clues.clear();
    int number = 0;
    for (const PlacedWord &word : m_grid.words()) {
        appendText(m_clues, '\n', ++number, ". ", clueOf(word), " (", directionOf(word),
                   "): ", word.length(), " letters");
    }
}

void CrosswordsEnvironment::begin(std::uint32_t)
{
    if (m_parameters.drawn) {
        m_parameters.hardcore = random().below(2) == 1;
        m_parameters.words = 3;
        m_parameters.maxTurns = 20;
    }
    setMaxTurns(m_parameters.maxTurns);
    drawWords();
    char *solution = m_solution.data();
    m_letterCells = 0;
    for (int row = 0; row < m_grid.side(); ++row) {
        for (int column = 0; column < m_grid.side(); ++column) {
            char &cell = m_grid.cell(row, column);
            *solution++ = cell;
            if (cell != '.') {
                cell = '_';
                ++m_letterCells;
            }
        }
    }
    m_emptyCells = m_letterCells;
    m_said = Said::Rules;
}

Environment::Played CrosswordsEnvironment::play(std::string_view action)
{
    const auto read = lastBoxed(action, takeCrosswordAction);
    if (!read) {
        m_said = Said::Unreadable;
        return {Outcome::Unreadable};
    }
    if (read->row >= m_grid.side() || read->column >= m_grid.side()) {
        m_said = Said::Outside;
        return {};
    }
    m_row = int(read->row);
    m_column = int(read->column);
    m_letter = read->letter;
    char &cell = m_grid.cell(m_row, m_column);
    if (cell != '_') {
        m_said = cell == '.' ? Said::NoCell : Said::Filled;
        return {};
    }
    if (m_solution[std::size_t(m_row * m_grid.side() + m_column)] != m_letter) {
        m_said = Said::Wrong;
        return {};
    }
    m_said = Said::Right;
    cell = m_letter;
    --m_emptyCells;
    return {m_emptyCells == 0 ? Outcome::Ended : Outcome::Goes, 1.0 / m_letterCells};
}

void CrosswordsEnvironment::appendObservation(std::string &out) const
{
    switch (m_said) {
    case Said::Rules:
        appendText(out,
                   "Crosswords. Fill in the words, across and down, by their clues. In the grid _ "
                   "is an empty "
                   "cell and . is none; rows and columns count from 0. Answer with a row, a column "
                   "and a letter in a "
                   "box, for example \\boxed{0 2 A}. A wrong letter is not written. ");
        return appendTurns(out, maxTurns());
    case Said::Unreadable:
        return appendUnreadable(out, "\\boxed{row column letter}");
    case Said::Outside:
        appendText(out, "Rows and columns go from 0 to ", m_grid.side() - 1, '.');
        break;
    case Said::NoCell:
        appendText(out, "No word goes through ", m_row, ' ', m_column, '.');
        break;
    case Said::Filled:
        appendText(out, "Cell ", m_row, ' ', m_column, " has its letter.");
        break;
    case Said::Wrong:
        appendText(out, m_letter, " is wrong at ", m_row, ' ', m_column, '.');
        break;
    case Said::Right:
        appendText(out, m_letter, " is right at ", m_row, ' ', m_column, '.');
        if (m_emptyCells == 0) {
            out += " All words are filled in. You win!";
            return;
        }
        break;
    }
    if (turn() >= maxTurns())
        out += outOfTurns;
}

void CrosswordsEnvironment::appendSuffix(std::string &out) const
{
    appendText(out, m_grid.text(), std::string_view(m_clues));
}

void CrosswordsEnvironment::appendBoardKeys(std::string &out) const
{
    out += ",\"rows\":";
    m_grid.appendRows(out);
    out += ",\"clues\":[";
    std::string_view comma;
    for (const PlacedWord &word : m_grid.words()) {
        appendText(out, comma, "{\"direction\":\"", directionOf(word),
                   "\",\"length\":", word.length(), ",\"clue\":");
        appendQuoted(out, clueOf(word));
        out += '}';
        comma = ",";
    }
    out += ']';
}

void CrosswordsEnvironment::appendHidden(std::string &out) const
{
    out += "{\"rows\":[";
    const auto side = std::size_t(m_grid.side());
    for (std::size_t row = 0; row < side; ++row)
        appendText(out, row > 0 ? ",\"" : "\"",
                   std::string_view(m_solution.data() + row * side, side), '"');
    out += "]}";
}

void CrosswordsEnvironment::appendParameters(std::string &out) const
{
    appendText(out, "{\"words\":", m_parameters.words,
               ",\"hardcore\":", m_parameters.hardcore ? "true" : "false",
               ",\"max_turns\":", m_parameters.maxTurns, '}');
}

std::vector<std::string> CrosswordsEnvironment::legalActions(std::size_t most) const
{
    std::vector<std::string> actions;
    const int side = isOver() ? 0 : m_grid.side();
    for (int cell = 0; cell < side * side && actions.size() < most; ++cell) {
        if (m_grid.cell(cell / side, cell % side) != '_')
            continue;
        for (char letter = 'A'; letter <= 'Z' && actions.size() < most; ++letter)
            appendText(actions.emplace_back(), "\\boxed{", cell / side, ' ', cell % side, ' ',
                       letter, '}');
    }
    return actions;
}

bool CrosswordsEnvironment::appendLegalAction(SampleRandom &random, std::string &out) const
{
    if (isOver() || m_emptyCells == 0)
        return false;
    auto before = random.below(std::size_t(m_emptyCells));
    const int side = m_grid.side();
    int cell = 0;
    while (m_grid.cell(cell / side, cell % side) != '_' || before-- > 0)
        ++cell;
    appendText(out, "\\boxed{", cell / side, ' ', cell % side, ' ', char('A' + random.below(26)),
               '}');
    return true;
}

std::unique_ptr<Environment> CrosswordsEnvironment::clone() const
{
    return std::make_unique<CrosswordsEnvironment>(*this);
}

} // namespace quarry::gem
