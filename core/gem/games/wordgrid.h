// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A square of letters with words across and down that cross where they can.
#pragma once

#include "gem/random/pythonrandom.h"

#include <array>
#include <bitset>
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
    static constexpr std::size_t mostCells = std::size_t(mostSide) * mostSide;
    using Marks = std::bitset<mostCells>;

    // Places WORDS, longest first, as far as they find room: the first always does. There are one
    // to mostWords lower-case words of up to longestWord letters, and they outlive this.
    void place(std::span<const std::string_view> words, PythonRandom &random);

    int side() const { return m_side; }
    // In the order of placing.
    std::span<const PlacedWord> words() const { return {m_words.data(), m_wordCount}; }
    // An upper-case letter, or '.' where no word is. Cells are numbered row by row.
    char &cell(int row, int column) { return m_cells[std::size_t(row * m_side + column)]; }
    char cell(int row, int column) const { return m_cells[std::size_t(row * m_side + column)]; }
    std::span<char> cells() { return {m_cells.data(), std::size_t(m_side * m_side)}; }
    std::span<const char> cells() const { return {m_cells.data(), std::size_t(m_side * m_side)}; }

    // The text board: a line of column names, then a line a row; marked cells stand in square
    // brackets.
    void appendText(std::string &out, const Marks &marks) const;
    // A JSON array of a string a row.
    void appendRows(std::string &out) const;

private:
    bool fits(const PlacedWord &word) const;
    void put(const PlacedWord &word);
    bool putCrossing(PlacedWord word, PythonRandom &random);
    bool putAnywhere(PlacedWord word);

    int m_side = 0;
    std::size_t m_wordCount = 0;
    std::array<PlacedWord, mostWords> m_words{};
    std::array<char, mostCells> m_cells{};
};

} // namespace quarry::gem
