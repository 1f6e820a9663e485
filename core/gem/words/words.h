// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the word games: lower case, a to z. They live as long as the program; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace quarry::gem {

// Words by length and then alphabet. They are found by their places in the text, which is all that
// is kept.
class WordList
{
public:
    static constexpr int longest = 12;

    // TEXT has a word a line, so ordered, none longer than the longest, and outlives this.
    explicit WordList(std::string_view text);

    std::size_t size() const { return m_blocks.back().first; }
    std::size_t size(int length) const;
    // INDEX of less than size().
    std::string_view word(std::size_t index) const;
    // INDEX of less than size(LENGTH).
    std::string_view word(int length, std::size_t index) const;

private:
    struct Block {
        std::size_t first = 0; // words before those of this length
        std::size_t at = 0; // where they start in the text
    };

    std::string_view m_text;
    std::array<Block, longest + 2> m_blocks{};
};

// Some 3000 common words of 3 to 8 letters.
const WordList &basicWords();
// Some 40,000 words of 3 to 12 letters.
const WordList &largeWords();

struct ClueWord {
    std::string_view word; // 3 to 12 letters
    std::string_view clue;
};
// For crosswords; the hard ones or the others.
std::span<const ClueWord> clueWords(bool hard);

} // namespace quarry::gem
