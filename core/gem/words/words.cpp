// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/words/words.h"

#include "gem/words/wordtexts.h"

#include <vector>

namespace quarry::gem {

namespace {

struct ClueLists {
    std::vector<ClueWord> easy, hard;
};

// A line is "easy word clue" or "hard word clue" with tabs between; a line that starts with # is a
// remark.
ClueLists readClues(std::string_view text)
{
    ClueLists lists;
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(line.size() + 1);
        const std::size_t word = line.find('\t') + 1;
        const std::size_t clue = line.rfind('\t') + 1;
        if (line.starts_with('#') || word == 0)
            continue;
        auto &list = line.starts_with("hard") ? lists.hard : lists.easy;
        list.push_back({line.substr(word, clue - word - 1), line.substr(clue)});
    }
    return lists;
}

} // namespace

WordList::WordList(std::string_view text) : m_text(text)
{
    std::size_t at = 0;
    std::size_t count = 0;
    for (std::size_t length = 1; length < m_blocks.size(); ++length) {
        m_blocks[length] = {count, at};
        for (; at + length < text.size() && text[at + length] == '\n'; at += length + 1)
            ++count;
    }
}

std::size_t WordList::size(int length) const
{
    if (length < 1 || length > longest)
        return 0;
    const auto block = std::size_t(length);
    return m_blocks[block + 1].first - m_blocks[block].first;
}

std::string_view WordList::word(int length, std::size_t index) const
{
    const auto letters = std::size_t(length);
    return m_text.substr(m_blocks[letters].at + index * (letters + 1), letters);
}

std::string_view WordList::word(std::size_t index) const
{
    int length = longest;
    while (m_blocks[std::size_t(length)].first > index)
        --length;
    return word(length, index - m_blocks[std::size_t(length)].first);
}

const WordList &basicWords()
{
    static const WordList words(basicText);
    return words;
}

const WordList &largeWords()
{
    static const WordList words(largeText);
    return words;
}

std::span<const ClueWord> clueWords(bool hard)
{
    static const ClueLists lists = readClues(crosswordText);
    return hard ? lists.hard : lists.easy;
}

} // namespace quarry::gem
