// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/wordle.h"

#include "gem/environment/boxed.h"
#include "gem/environment/jsontext.h"
#include "gem/games/phrases.h"
#include "gem/words/words.h"

#include <algorithm>
#include <bit>

namespace quarry::gem {

namespace {

struct ReadWord {
    WordleEnvironment::Letters letters{};
    std::size_t length = 0;

    void add(char32_t point)
    {
        if (length < letters.size())
            letters[length] = char16_t(point); // whitespace lies below U+10000
        ++length;
    }
};

std::optional<ReadWord> takeWordleGuess(BoxedReader &reader)
{
    ReadWord read;
    bool endsInLetter = false;
    for (;;) {
        char letter = 0;
        char32_t space = 0;
        if (reader.letter(letter)) {
            read.add(char32_t(letter));
            endsInLetter = true;
        } else if (read.length > 0 && reader.space(space)) {
            if (space != U' ')
                read.add(space);
            endsInLetter = false;
        } else {
            return endsInLetter ? std::optional(read) : std::nullopt;
        }
    }
}

WordleEnvironment::Letters lettersOf(std::string_view word)
{
    WordleEnvironment::Letters letters{};
    std::transform(word.begin(), word.end(), letters.begin(),
                   [](char c) { return char16_t(c - 'a' + 'A'); });
    return letters;
}

void appendWord(std::string &out, const WordleEnvironment::Letters &letters, int length)
{
    char text[WordleParameters::longest * 3];
    char *end = text;
    for (int i = 0; i < length; ++i) {
        const unsigned unit = letters[std::size_t(i)];
        if (unit < 0x80) {
            *end++ = char(unit);
            continue;
        }
        if (unit >= 0x800)
            *end++ = char(0xE0 | unit >> 12);
        *end++ = char(unit >= 0x800 ? 0x80 | (unit >> 6 & 0x3F) : 0xC0 | unit >> 6);
        *end++ = char(0x80 | (unit & 0x3F));
    }
    out.append(text, end);
}

} // namespace

WordleEnvironment::WordleEnvironment(const WordleParameters &parameters) : m_parameters(parameters)
{
}

void WordleEnvironment::begin(std::uint32_t)
{
    if (m_parameters.drawn) {
        m_parameters.length = int(random().between(3, 5));
        m_parameters.maxTurns = 5 * m_parameters.length;
    }
    setMaxTurns(m_parameters.maxTurns);
    const int length = m_parameters.length;
    m_secret = lettersOf(basicWords().word(length, random().below(basicWords().size(length))));
    m_example = basicWords().word(length, random().below(basicWords().size(length)));
    m_green = 0;
    m_said = Said::Rules;
    m_guesses.clear();
    m_guesses.reserve(std::size_t(m_parameters.maxTurns));
}

bool WordleEnvironment::isGuessed(const Letters &letters) const
{
    const auto key = std::bit_cast<unsigned __int128>(letters); // compared at once
    return std::any_of(m_guesses.begin(), m_guesses.end(), [key](const Guess &guess) {
        return std::bit_cast<unsigned __int128>(guess.letters) == key;
    });
}

WordleEnvironment::Guess WordleEnvironment::mark(const Letters &letters) const
{
    const auto length = std::size_t(m_parameters.length);
    Guess guess{letters};
    unsigned used = 0; // letters of the secret that a mark was given for
    for (std::size_t i = 0; i < length; ++i) {
        const bool isGreen = letters[i] == m_secret[i];
        guess.marks[i] = isGreen ? 'G' : 'X';
        used |= unsigned(isGreen) << i;
    }
    for (std::size_t i = 0; i < length; ++i) {
        if (guess.marks[i] == 'G')
            continue;
        unsigned same = 0; // where the letter stands
        for (std::size_t j = 0; j < length; ++j)
            same |= unsigned(letters[i] == m_secret[j]) << j;
        same &= ~used;
        if (same != 0) {
            guess.marks[i] = 'Y';
            used |= same & -same; // the first of them
        }
    }
    return guess;
}

Environment::Played WordleEnvironment::play(std::string_view action)
{
    const auto read = lastBoxed(action, takeWordleGuess);
    if (!read) {
        m_said = Said::Unreadable;
        return {Outcome::Unreadable};
    }
    if (read->length != std::size_t(m_parameters.length) || isGuessed(read->letters)) {
        m_said = read->length == std::size_t(m_parameters.length) ? Said::Repeated : Said::Length;
        return {};
    }
    m_said = Said::Marks;
    m_last = mark(read->letters);
    if (m_guesses.size() < std::size_t(m_parameters.maxTurns))
        m_guesses.push_back(m_last);
    double reward = 0;
    bool won = true;
    for (int i = 0; i < m_parameters.length; ++i) {
        const bool isGreen = m_last.marks[std::size_t(i)] == 'G';
        won = won && isGreen;
        if (isGreen && (m_green >> i & 1) == 0) {
            reward += 0.5 / m_parameters.length;
            m_green |= 1u << i;
        }
    }
    return {won ? Outcome::Ended : Outcome::Goes, won ? reward + 0.5 : reward};
}

void WordleEnvironment::appendRules(std::string &out) const
{
    appendText(out, "Wordle. Find the secret word of ", m_parameters.length,
               " letters. After each guess every letter gets a mark: G for the right place, Y for "
               "a letter that stands "
               "elsewhere, X for one that is not in the word. Answer with a word in a box, for "
               "example \\boxed{");
    appendWord(out, lettersOf(m_example), m_parameters.length);
    out += "}. ";
    appendTurns(out, maxTurns());
}

void WordleEnvironment::appendMarks(std::string &out, const Guess &guess) const
{
    out.append(guess.marks.data(), std::size_t(m_parameters.length));
}

void WordleEnvironment::appendObservation(std::string &out) const
{
    switch (m_said) {
    case Said::Rules:
        return appendRules(out);
    case Said::Unreadable:
        return appendUnreadable(out, "\\boxed{word}");
    case Said::Length:
        appendText(out, "The word has ", m_parameters.length, " letters.");
        break;
    case Said::Repeated:
        out += "You have guessed that before.";
        break;
    case Said::Marks:
        appendWord(out, m_last.letters, m_parameters.length);
        out += "\n";
        appendMarks(out, m_last);
        if (m_last.letters == m_secret) {
            out += "\nYou win!";
            return;
        }
        break;
    }
    if (turn() >= maxTurns())
        out += outOfTurns;
}

void WordleEnvironment::appendSuffix(std::string &out) const
{
    appendText(out, "Guess a word of ", m_parameters.length, " letters: \\boxed{word}");
}

void WordleEnvironment::appendBoardKeys(std::string &out) const
{
    appendText(out, ",\"length\":", m_parameters.length, ",\"guesses\":[");
    std::string_view comma;
    std::string word;
    for (const Guess &guess : m_guesses) {
        word.clear();
        appendWord(word, guess.letters, m_parameters.length);
        out += comma;
        appendQuoted(out, word);
        comma = ",";
    }
    out += "],\"feedback\":[";
    comma = "\"";
    for (const Guess &guess : m_guesses) {
        out += comma;
        appendMarks(out, guess);
        out += '"';
        comma = ",\"";
    }
    out += ']';
}

void WordleEnvironment::appendHidden(std::string &out) const
{
    out += "{\"word\":\"";
    appendWord(out, m_secret, m_parameters.length);
    out += "\"}";
}

void WordleEnvironment::appendParameters(std::string &out) const
{
    appendText(out, "{\"length\":", m_parameters.length, ",\"max_turns\":", m_parameters.maxTurns,
               '}');
}

std::vector<std::string> WordleEnvironment::legalActions(std::size_t most) const
{
    std::vector<std::string> actions;
    const std::size_t count = isOver() ? 0 : basicWords().size(m_parameters.length);
    for (std::size_t i = 0; i < count && actions.size() < most; ++i) {
        const Letters letters = lettersOf(basicWords().word(m_parameters.length, i));
        if (isGuessed(letters))
            continue;
        std::string &action = actions.emplace_back("\\boxed{");
        appendWord(action, letters, m_parameters.length);
        action += '}';
    }
    return actions;
}

bool WordleEnvironment::appendLegalAction(SampleRandom &random, std::string &out) const
{
    const std::size_t count = basicWords().size(m_parameters.length);
    if (isOver())
        return false;
    if (2 * m_guesses.size() > count) { // most words may be gone
        const auto actions = legalActions(count);
        out += actions.empty() ? std::string() : actions[random.below(actions.size())];
        return !actions.empty();
    }
    Letters letters{};
    do {
        letters = lettersOf(basicWords().word(m_parameters.length, random.below(count)));
    } while (isGuessed(letters));
    out += "\\boxed{";
    appendWord(out, letters, m_parameters.length);
    out += '}';
    return true;
}

std::unique_ptr<Environment> WordleEnvironment::clone() const
{
    auto copy = std::make_unique<WordleEnvironment>(*this);
    copy->m_guesses.reserve(m_guesses.capacity());
    return copy;
}

} // namespace quarry::gem
