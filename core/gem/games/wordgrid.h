// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A square of letters with words across and down that cross where they can.
#pragma once

#include "gem/random/pythonrandom.h"

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace quarry::gem {

struct PlacedWord {
    std::string_view word; // lower case
    int row = 0, column = 0; // of its first letter
    bool isDown = false;

    int length() const { return int(word.size()); }
    int rowOf(int letter) const { return row + (isDown ? letter : 0); }
    int columnOf(int letter) const { return column + (isDown ? 0 : letter); }
};

class WordGrid
{
public:
    static constexpr int longestWord = 12;
    static constexpr int mostSide = longestWord * 3 / 2;
    static constexpr std::size_t mostWords = 10;
    // Places WORDS, longest first, as far as they find room: the first always does. There are one
    // to mostWords lower-case words of up to longestWord letters, and they outlive this.
    void place(std::span<const std::string_view> words, PythonRandom &random);

    int side() const { return m_side; }
    // In the order of placing.
    std::span<const PlacedWord> words() const { return {m_words.data(), m_wordCount}; }
    // An upper-case letter, or '.' where no word is.
    char &cell(int row, int column) { return m_text[indexOf(row, column)]; }
    char cell(int row, int column) const { return m_text[indexOf(row, column)]; }
    // Sets the cells of a word in square brackets.
    void mark(const PlacedWord &word);
    bool isMarked(int row, int column) const { return m_text[indexOf(row, column) - 1] == '['; }

    // A line of column names, then a line a row.
    std::string_view text() const { return {m_text.data(), indexOf(m_side, 0) - rowStart - 1}; }
    // A JSON array of a string a row.
    void appendRows(std::string &out) const;

private:
    static constexpr std::size_t rowStart = 5; // where a row's first cell stands

    std::size_t rowLength() const { return 4 * std::size_t(m_side) + rowStart; }
    std::size_t indexOf(int row, int column) const
    {
        return std::size_t(row + 1) * rowLength() - 2 + rowStart + 4 * std::size_t(column);
    }
    void writeEmpty();
    bool fits(const PlacedWord &word) const;
    void put(const PlacedWord &word);
    bool putCrossing(PlacedWord word, PythonRandom &random);
    bool putAnywhere(PlacedWord word);

    int m_side = 0;
    std::size_t m_wordCount = 0;
    std::array<PlacedWord, mostWords> m_words{};
    std::array<char, std::size_t(mostSide + 1) * (4 * mostSide + rowStart)>
        m_text{}; // kept as cells change
};

} // namespace quarry::gem
