// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/hangman.h"

#include "gem/environment/boxed.h"
#include "gem/games/phrases.h"
#include "gem/words/words.h"

#include <algorithm>

namespace quarry::gem {

namespace {

struct HangmanGuess {
    std::array<char, HangmanParameters::longest> letters{};
    std::size_t length = 0;
};

std::optional<HangmanGuess> takeHangmanGuess(BoxedReader &reader)
{
    HangmanGuess guess;
    for (char letter = 0; reader.letter(letter); ++guess.length) {
        if (guess.length < guess.letters.size())
            guess.letters[guess.length] = letter;
    }
    return guess.length > 0 ? std::optional(guess) : std::nullopt;
}

char upperOf(char lower)
{
    return char(lower - 'a' + 'A');
}

void appendUpper(std::string &out, std::string_view word)
{
    for (const char letter : word)
        out += upperOf(letter);
}

} // namespace

HangmanEnvironment::HangmanEnvironment(const HangmanParameters &parameters)
    : m_parameters(parameters)
{
}

void HangmanEnvironment::begin(std::uint32_t)
{
    if (m_parameters.drawn) {
        static constexpr int choices[][2] = {{3, 10}, {5, 15}, {7, 20}};
        const auto &choice = choices[random().below(std::size(choices))];
        m_parameters.length = choice[0];
        m_parameters.maxTurns = choice[1];
    }
    setMaxTurns(m_parameters.maxTurns);
    const int length = m_parameters.length;
    const std::size_t words = basicWords().size(length);
    const std::string_view secret = basicWords().word(length, random().below(words));
    m_secret.fill(0);
    std::transform(secret.begin(), secret.end(), m_secret.begin(), upperOf);
    m_exampleWord = basicWords().word(length, random().below(words));
    m_exampleLetter = char('A' + random().below(26));
    m_shown.fill('_');
    m_triedCount = 0;
    m_tried = 0;
    m_said = Said::Rules;
}

int HangmanEnvironment::countHidden() const
{
    return int(std::count(m_shown.begin(), m_shown.begin() + m_parameters.length, '_'));
}

Environment::Played HangmanEnvironment::playLetter(char upper)
{
    m_letter = upper;
    if (isTried(upper)) {
        m_said = Said::Repeated;
        return {};
    }
    m_tried |= 1u << (upper - 'A');
    m_order[m_triedCount++] = upper;
    int opened = 0;
    for (std::size_t i = 0; i < std::size_t(m_parameters.length); ++i) {
        if (m_secret[i] == upper) {
            m_shown[i] = upper;
            ++opened;
        }
    }
    m_said = opened > 0 ? Said::Present : Said::Absent;
    return {Outcome::Goes, double(opened) / m_parameters.length * 0.5};
}

Environment::Played HangmanEnvironment::play(std::string_view action)
{
    const auto guess = lastBoxed(action, takeHangmanGuess);
    if (!guess) {
        m_said = Said::Unreadable;
        return {Outcome::Unreadable};
    }
    if (guess->length == 1)
        return playLetter(guess->letters[0]);
    if (guess->length != std::size_t(m_parameters.length)) {
        m_said = Said::Length;
        return {};
    }
    if (guess->letters != m_secret) {
        m_said = Said::WrongWord;
        return {};
    }
    m_said = Said::Won;
    return {Outcome::Ended, double(countHidden()) / m_parameters.length * 0.5 + 0.5};
}

void HangmanEnvironment::appendObservation(std::string &out) const
{
    switch (m_said) {
    case Said::Rules:
        appendText(
            out, "Hangman. Find the secret word of ", m_parameters.length,
            " letters. Answer with one letter in a box, for example \\boxed{", m_exampleLetter,
            "}, and it is shown wherever it stands; or with the whole word, for example \\boxed{");
        appendUpper(out, m_exampleWord);
        out += "}. You win by the word alone, also when all its letters are shown. ";
        return appendTurns(out, maxTurns());
    case Said::Unreadable:
        return appendUnreadable(out, "\\boxed{letter} or \\boxed{word}");
    case Said::Length:
        appendText(out, "The word has ", m_parameters.length, " letters.");
        break;
    case Said::WrongWord:
        out += "That is not the word.";
        break;
    case Said::Repeated:
        appendText(out, "You have tried ", m_letter, " before.");
        break;
    case Said::Absent:
        appendText(out, m_letter, " is not in the word.");
        break;
    case Said::Present:
        appendText(out, m_letter, " is in the word.");
        break;
    case Said::Won:
        out += "That is the word. You win!";
        return;
    }
    if (turn() >= maxTurns())
        out += outOfTurns;
}

void HangmanEnvironment::appendSuffix(std::string &out) const
{
    const auto length = std::size_t(m_parameters.length);
    std::array<char, 8 * HangmanParameters::longest> text;
    char *end = text.data();
    for (std::size_t i = 0; i < length; ++i) {
        const char name[] = {'C', '0', char('0' + i), i + 1 < length ? ' ' : '\n'};
        end = std::copy_n(name, sizeof name, end);
    }
    for (std::size_t i = 0; i < length; ++i) {
        const char cell[] = {' ', ' ', m_shown[i], ' '};
        end = std::copy_n(cell, sizeof cell, end);
    }
    out.append(text.data(), end);
}

void HangmanEnvironment::appendBoardKeys(std::string &out) const
{
    const auto length = std::size_t(m_parameters.length);
    appendText(out, ",\"length\":", length, ",\"word\":\"",
               std::string_view(m_shown.data(), length), "\",\"tried\":\"",
               std::string_view(m_order.data(), m_triedCount), '"');
}

void HangmanEnvironment::appendHidden(std::string &out) const
{
    appendText(out, "{\"word\":\"",
               std::string_view(m_secret.data(), std::size_t(m_parameters.length)), "\"}");
}

void HangmanEnvironment::appendParameters(std::string &out) const
{
    appendText(out, "{\"length\":", m_parameters.length, ",\"max_turns\":", m_parameters.maxTurns,
               '}');
}

bool HangmanEnvironment::fits(std::string_view word) const
{
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char upper = upperOf(word[i]);
        if (m_shown[i] == '_' ? isTried(upper) : m_shown[i] != upper)
            return false;
    }
    return true;
}

std::vector<std::string> HangmanEnvironment::legalActions(std::size_t most) const
{
    std::vector<std::string> actions;
    for (char letter = 'A'; letter <= 'Z' && !isOver(); ++letter) {
        if (!isTried(letter) && actions.size() < most)
            appendText(actions.emplace_back(), "\\boxed{", letter, '}');
    }
    const std::size_t words = isOver() ? 0 : basicWords().size(m_parameters.length);
    for (std::size_t i = 0; i < words && actions.size() < most; ++i) {
        const std::string_view word = basicWords().word(m_parameters.length, i);
        if (!fits(word))
            continue;
        std::string &action = actions.emplace_back("\\boxed{");
        appendUpper(action, word);
        action += '}';
    }
    return actions;
}

bool HangmanEnvironment::appendLegalAction(SampleRandom &random, std::string &out) const
{
    // The draw is among all letters and words, until it is one that is left: the secret always is.
    const std::size_t words = basicWords().size(m_parameters.length);
    while (!isOver()) {
        const std::size_t index = random.below(26 + words);
        const std::string_view word
            = index < 26 ? std::string_view() : basicWords().word(m_parameters.length, index - 26);
        if (index < 26 ? isTried(char('A' + index)) : !fits(word))
            continue;
        out += "\\boxed{";
        if (index < 26)
            out += char('A' + index);
        else
            appendUpper(out, word);
        out += '}';
        return true;
    }
    return false;
}

std::unique_ptr<Environment> HangmanEnvironment::clone() const
{
    return std::make_unique<HangmanEnvironment>(*this);
}

} // namespace quarry::gem
