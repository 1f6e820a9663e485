// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/wordsearch.h"

#include "gem/environment/boxed.h"
#include "gem/games/phrases.h"
#include "gem/words/words.h"

#include <algorithm>

namespace quarry::gem {

namespace {

std::optional<WordSearchEnvironment::Ends> takeEnds(BoxedReader &reader)
{
    WordSearchEnvironment::Ends ends;
    const bool isRead = reader.number(ends.startRow) && reader.spaces() > 0
        && reader.number(ends.startColumn) && reader.spaces() > 0 && reader.number(ends.endRow)
        && reader.spaces() > 0 && reader.number(ends.endColumn);
    return isRead ? std::optional(ends) : std::nullopt;
}

// Of ends within the grid.
std::uint32_t keyOf(const WordSearchEnvironment::Ends &ends)
{
    return std::uint32_t(((ends.startRow * 32 + ends.startColumn) * 32 + ends.endRow) * 32
                         + ends.endColumn);
}

void appendEnds(std::string &out, const WordSearchEnvironment::Ends &ends)
{
    appendText(out, ends.startRow, ' ', ends.startColumn, ' ', ends.endRow, ' ', ends.endColumn);
}

void appendFoundWord(std::string &out, std::string_view word)
{
    for (const char letter : word)
        out += char(letter - 'a' + 'A');
}

} // namespace

WordSearchEnvironment::WordSearchEnvironment(const WordSearchParameters &parameters)
    : m_parameters(parameters)
{
}

void WordSearchEnvironment::begin(std::uint32_t)
{
    if (m_parameters.drawn) {
        m_parameters.hardcore = random().below(2) == 1;
        m_parameters.words = 5;
        m_parameters.maxTurns = 20;
    }
    setMaxTurns(m_parameters.maxTurns);
    const WordList &list = m_parameters.hardcore ? largeWords() : basicWords();
    std::array<std::string_view, WordGrid::mostWords> words;
    const auto picked = random().sample(list.size(), std::size_t(m_parameters.words));
    std::transform(picked.begin(), picked.end(), words.begin(),
                   [&](std::size_t index) { return list.word(index); });
    m_grid.place({words.data(), picked.size()}, random());
    for (int row = 0; row < m_grid.side(); ++row) {
        for (int column = 0; column < m_grid.side(); ++column) {
            if (m_grid.cell(row, column) == '.')
                m_grid.cell(row, column) = char('A' + random().below(26));
        }
    }
    m_found.reset();
    m_said = Said::Rules;
    m_tried.clear();
    m_tried.reserve(std::size_t(m_parameters.maxTurns));
}

bool WordSearchEnvironment::isInside(const Ends &ends) const
{
    return std::max({ends.startRow, ends.startColumn, ends.endRow, ends.endColumn}) < m_grid.side();
}

bool WordSearchEnvironment::isTried(const Ends &ends) const
{
    return std::find(m_tried.begin(), m_tried.end(), keyOf(ends)) != m_tried.end();
}

Environment::Played WordSearchEnvironment::play(std::string_view action)
{
    const auto read = lastBoxed(action, takeEnds);
    if (!read) {
        m_said = Said::Unreadable;
        return {Outcome::Unreadable};
    }
    m_last = *read;
    if (!isInside(m_last) || isTried(m_last)) {
        m_said = isInside(m_last) ? Said::Repeated : Said::Outside;
        return {};
    }
    if (m_tried.size() < std::size_t(m_parameters.maxTurns))
        m_tried.push_back(keyOf(m_last));
    if (m_last.startRow != m_last.endRow && m_last.startColumn != m_last.endColumn) {
        m_said = Said::Slanted;
        return {};
    }
    return find();
}

Environment::Played WordSearchEnvironment::find()
{
    const auto words = m_grid.words();
    const std::uint32_t key = keyOf(m_last);
    const std::uint32_t reversed
        = keyOf({m_last.endRow, m_last.endColumn, m_last.startRow, m_last.startColumn});
    const auto found = std::find_if(words.begin(), words.end(), [&](const PlacedWord &word) {
        const int last = word.length() - 1;
        const std::uint32_t wanted
            = keyOf({word.row, word.column, word.rowOf(last), word.columnOf(last)});
        return wanted == key || wanted == reversed;
    });
    if (found == words.end()) {
        m_said = Said::Nothing;
        return {};
    }
    m_said = Said::Found;
    m_lastWord = std::size_t(found - words.begin());
    m_found.set(m_lastWord);
    m_grid.mark(*found);
    const bool won = m_found.count() == words.size();
    return {won ? Outcome::Ended : Outcome::Goes, 1.0 / double(words.size())};
}

void WordSearchEnvironment::appendObservation(std::string &out) const
{
    switch (m_said) {
    case Said::Rules:
        appendText(out, "Word Search. ", m_grid.words().size(),
                   " words hide in the grid, across or down. Rows and columns count from 0. Answer "
                   "with the row and "
                   "column of a word's first letter and those of its last in a box, for example "
                   "\\boxed{0 2 0 6}. "
                   "Found words stand in square brackets. ");
        return appendTurns(out, maxTurns());
    case Said::Unreadable:
        return appendUnreadable(out, "\\boxed{row column row column}");
    case Said::Outside:
        appendText(out, "Rows and columns go from 0 to ", m_grid.side() - 1, '.');
        break;
    case Said::Repeated:
        out += "You have tried that before.";
        break;
    case Said::Slanted:
        out += "Words stand across or down.";
        break;
    case Said::Nothing:
        appendText(out, "No hidden word goes from ", m_last.startRow, ' ', m_last.startColumn,
                   " to ", m_last.endRow, ' ', m_last.endColumn, '.');
        break;
    case Said::Found:
        appendFoundWord(out, m_grid.words()[m_lastWord].word);
        out += " is one of the words.";
        if (m_found.count() == m_grid.words().size()) {
            out += " You win!";
            return;
        }
        break;
    }
    if (turn() >= maxTurns())
        out += outOfTurns;
}

void WordSearchEnvironment::appendSuffix(std::string &out) const
{
    appendText(out, m_grid.text(), "\nWords found: ", m_found.count(), " of ",
               m_grid.words().size());
}

void WordSearchEnvironment::appendBoardKeys(std::string &out) const
{
    appendText(out, ",\"words\":", m_grid.words().size(), ",\"found\":", m_found.count(),
               ",\"rows\":");
    m_grid.appendRows(out);
    out += ",\"marks\":[";
    const int side = m_grid.side();
    for (int row = 0; row < side; ++row) {
        out += row > 0 ? ",\"" : "\"";
        for (int column = 0; column < side; ++column)
            out += m_grid.isMarked(row, column) ? '#' : '.';
        out += '"';
    }
    out += ']';
}

void WordSearchEnvironment::appendHidden(std::string &out) const
{
    out += "{\"words\":[";
    std::string_view comma;
    for (const PlacedWord &word : m_grid.words()) {
        appendText(out, comma, "{\"word\":\"");
        appendFoundWord(out, word.word);
        appendText(out, "\",\"row\":", word.row, ",\"column\":", word.column, ",\"direction\":\"",
                   word.isDown ? "down" : "across", "\"}");
        comma = ",";
    }
    out += "]}";
}

void WordSearchEnvironment::appendParameters(std::string &out) const
{
    appendText(out, "{\"words\":", m_parameters.words,
               ",\"hardcore\":", m_parameters.hardcore ? "true" : "false",
               ",\"max_turns\":", m_parameters.maxTurns, '}');
}

WordSearchEnvironment::Ends WordSearchEnvironment::pair(int index) const
{
    const int side = m_grid.side();
    const int row = index / side % side;
    const int column = index % side;
    const int place
        = index / (side * side); // along the row, then along the column, without the cell itself
    if (place < side - 1)
        return {row, column, row, place + (place >= column)};
    const int along = place - (side - 1);
    return {row, column, along + (along >= row), column};
}

std::vector<std::string> WordSearchEnvironment::legalActions(std::size_t most) const
{
    std::vector<std::string> actions;
    for (int i = 0; i < pairCount() && actions.size() < most && !isOver(); ++i) {
        if (isTried(pair(i)))
            continue;
        std::string &action = actions.emplace_back("\\boxed{");
        appendEnds(action, pair(i));
        action += '}';
    }
    return actions;
}

bool WordSearchEnvironment::appendLegalAction(SampleRandom &random, std::string &out) const
{
    const auto count = std::size_t(pairCount());
    if (isOver())
        return false;
    if (2 * m_tried.size() > count) { // most pairs may be gone
        const auto actions = legalActions(count);
        out += actions.empty() ? std::string() : actions[random.below(actions.size())];
        return !actions.empty();
    }
    Ends ends;
    do {
        ends = pair(int(random.below(count)));
    } while (isTried(ends));
    out += "\\boxed{";
    appendEnds(out, ends);
    out += '}';
    return true;
}

std::unique_ptr<Environment> WordSearchEnvironment::clone() const
{
    auto copy = std::make_unique<WordSearchEnvironment>(*this);
    copy->m_tried.reserve(m_tried.capacity());
    return copy;
}

} // namespace quarry::gem
