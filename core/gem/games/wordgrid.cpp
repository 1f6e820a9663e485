// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/wordgrid.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace quarry::gem {

namespace {

char gridLetter(char lower)
{
    return char(lower - 'a' + 'A');
}

} // namespace

void WordGrid::place(std::span<const std::string_view> words, PythonRandom &random)
{
    std::array<std::string_view, mostWords> sorted;
    auto end = sorted.begin();
    for (std::size_t length = longestWord; length > 0; --length)
        end = std::copy_if(words.begin(), words.end(), end,
                           [length](std::string_view word) { return word.size() == length; });
    std::array<bool, mostWords> isDown{};
    std::generate_n(isDown.begin(), words.size(), [&] { return random.below(2) == 1; });

    m_side
        = int(std::nearbyint(1.5 * double(sorted[0].size()))); // halves to even, as Python rounds
    writeEmpty();
    const int middle = m_side / 2;
    const int start = (m_side - int(sorted[0].size())) / 2;
    m_wordCount = 0;
    put({sorted[0], isDown[0] ? start : middle, isDown[0] ? middle : start, isDown[0]});
    for (std::size_t i = 1; i < words.size(); ++i) {
        const PlacedWord word{sorted[i], 0, 0, isDown[i]};
        if (!putCrossing(word, random))
            putAnywhere(word);
    }
}

bool WordGrid::fits(const PlacedWord &word) const
{
    const int last = word.length() - 1;
    if (word.row < 0 || word.column < 0 || word.rowOf(last) >= m_side
        || word.columnOf(last) >= m_side)
        return false;
    for (int i = 0; i <= last; ++i) {
        const char there = cell(word.rowOf(i), word.columnOf(i));
        if (there != '.' && there != gridLetter(word.word[std::size_t(i)]))
            return false;
    }
    return true;
}

void WordGrid::put(const PlacedWord &word)
{
    for (int i = 0; i < word.length(); ++i)
        cell(word.rowOf(i), word.columnOf(i)) = gridLetter(word.word[std::size_t(i)]);
    m_words[m_wordCount++] = word;
}

bool WordGrid::putCrossing(PlacedWord word, PythonRandom &random)
{
    std::vector<PlacedWord> places;
    for (const PlacedWord &other : words()) {
        if (other.isDown == word.isDown)
            continue;
        for (int i = 0; i < word.length(); ++i) {
            for (int j = 0; j < other.length(); ++j) {
                if (word.word[std::size_t(i)] != other.word[std::size_t(j)])
                    continue;
                word.row = other.rowOf(j) - (word.isDown ? i : 0);
                word.column = other.columnOf(j) - (word.isDown ? 0 : i);
                if (fits(word))
                    places.push_back(word);
            }
        }
    }
    if (places.empty())
        return false;
    put(places[random.below(places.size())]);
    return true;
}

bool WordGrid::putAnywhere(PlacedWord word)
{
    for (word.row = 0; word.row < m_side; ++word.row) {
        for (word.column = 0; word.column < m_side; ++word.column) {
            if (fits(word)) {
                put(word);
                return true;
            }
        }
    }
    return false;
}

void WordGrid::writeEmpty()
{
    const auto name = [](char *end, char letter, int number) {
        *end++ = letter;
        *end++ = char('0' + number / 10);
        *end++ = char('0' + number % 10);
        return end;
    };
    char *end = std::fill_n(m_text.data(), 2, ' ');
    for (int column = 0; column < m_side; ++column) {
        *end++ = ' ';
        end = name(end, 'C', column);
    }
    for (int row = 0; row < m_side; ++row) {
        *end++ = '\n';
        end = name(end, 'R', row);
        *end++ = ' ';
        for (int column = 0; column < m_side; ++column)
            end = std::copy_n(" .  ", 4, end);
    }
}

void WordGrid::mark(const PlacedWord &word)
{
    for (int i = 0; i < word.length(); ++i) {
        const std::size_t at = indexOf(word.rowOf(i), word.columnOf(i));
        m_text[at - 1] = '[';
        m_text[at + 1] = ']';
    }
}

void WordGrid::appendRows(std::string &out) const
{
    std::array<char, std::size_t(mostSide) * (mostSide + 3) + 1> rows;
    char *end = rows.data();
    for (int row = 0; row < m_side; ++row) {
        *end++ = row == 0 ? '[' : ',';
        *end++ = '"';
        for (int column = 0; column < m_side; ++column)
            *end++ = cell(row, column);
        *end++ = '"';
    }
    *end++ = ']';
    out.append(rows.data(), end);
}

} // namespace quarry::gem
