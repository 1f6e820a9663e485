// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/guessthenumber.h"

#include "gem/environment/boxed.h"
#include "gem/games/phrases.h"

#include <cmath>
#include <cstdlib>

namespace quarry::gem {

namespace {

std::optional<std::int64_t> readGuess(std::string_view action)
{
    return lastBoxed(action, [](BoxedReader &reader) -> std::optional<std::int64_t> {
        std::int64_t number = 0;
        return reader.number(number) ? std::optional(number) : std::nullopt;
    });
}

} // namespace

GuessTheNumberEnvironment::GuessTheNumberEnvironment(const GuessTheNumberParameters &parameters)
    : m_parameters(parameters)
{
}

void GuessTheNumberEnvironment::begin(std::uint32_t)
{
    if (m_parameters.drawn) {
        m_parameters.min = int(random().between(1, 10));
        m_parameters.max = int(random().between(m_parameters.min + 5, m_parameters.min + 50));
        m_parameters.maxTurns = int(std::ceil(std::sqrt(m_parameters.max - m_parameters.min))) + 1;
    }
    setMaxTurns(m_parameters.maxTurns);
    m_target = int(random().between(m_parameters.min, m_parameters.max));
    m_example = int(random().between(m_parameters.min, m_parameters.max));
    m_said = Said::Rules;
    m_guesses.clear();
    m_guesses.reserve(std::size_t(m_parameters.max - m_parameters.min + 1));
    m_guessed.reset();
}

bool GuessTheNumberEnvironment::isInside(std::int64_t number) const
{
    return number >= m_parameters.min && number <= m_parameters.max;
}

Environment::Played GuessTheNumberEnvironment::play(std::string_view action)
{
    const auto guess = readGuess(action);
    if (!guess || *guess == 0) {
        m_said = Said::Unreadable;
        return {Outcome::Unreadable};
    }
    m_guess = *guess;
    if (!isInside(m_guess)) {
        m_said = Said::Outside;
        return {};
    }
    const auto number = std::size_t(m_guess);
    if (m_guessed.test(number)) {
        m_said = Said::Repeated;
        return {};
    }
    m_guessed.set(number);
    m_guesses.push_back(std::uint16_t(number));
    m_said = Said::Answer;
    return m_guess == m_target ? Played{Outcome::Ended, 1} : Played{};
}

double GuessTheNumberEnvironment::rewardAtLimit(double) const
{
    if (!isInside(m_guess))
        return 0;
    return 1 - double(std::abs(m_guess - m_target)) / (m_parameters.max - m_parameters.min);
}

void GuessTheNumberEnvironment::appendRules(std::string &out) const
{
    appendText(out, "Guess the Number. I am thinking of a whole number from ", m_parameters.min,
               " to ", m_parameters.max,
               ". After each guess I say whether it is higher or lower. Answer with your guess in "
               "a box, for example \\boxed{",
               m_example, "}. ");
    appendTurns(out, maxTurns());
}

void GuessTheNumberEnvironment::appendAnswer(std::string &out) const
{
    if (m_guess == m_target)
        appendText(out, "Yes, it is ", m_guess, ". You win!");
    else if (m_guess < m_target)
        appendText(out, "It is higher than ", m_guess, '.');
    else
        appendText(out, "It is lower than ", m_guess, '.');
}

void GuessTheNumberEnvironment::appendObservation(std::string &out) const
{
    switch (m_said) {
    case Said::Rules:
        return appendRules(out);
    case Said::Unreadable:
        return appendUnreadable(out, "\\boxed{number}");
    case Said::Outside:
        appendText(out, "Guesses go from ", m_parameters.min, " to ", m_parameters.max, '.');
        break;
    case Said::Repeated:
        appendText(out, "You have guessed ", m_guess, " before.");
        break;
    case Said::Answer:
        appendAnswer(out);
        break;
    }
    if (turn() >= maxTurns() && m_guess != m_target)
        out += outOfTurns;
}

void GuessTheNumberEnvironment::appendSuffix(std::string &out) const
{
    appendText(out, "Guess a number from ", m_parameters.min, " to ", m_parameters.max,
               ": \\boxed{number}");
}

void GuessTheNumberEnvironment::appendBoardKeys(std::string &out) const
{
    appendText(out, ",\"min\":", m_parameters.min, ",\"max\":", m_parameters.max, ",\"guesses\":[");
    std::string_view comma;
    for (const int guess : m_guesses) {
        const std::string_view place = guess == m_target ? "hit"
            : guess < m_target                           ? "higher"
                                                         : "lower";
        appendText(out, comma, '[', guess, ",\"", place, "\"]");
        comma = ",";
    }
    out += ']';
}

void GuessTheNumberEnvironment::appendHidden(std::string &out) const
{
    appendText(out, "{\"target\":", m_target, '}');
}

void GuessTheNumberEnvironment::appendParameters(std::string &out) const
{
    appendText(out, "{\"min\":", m_parameters.min, ",\"max\":", m_parameters.max,
               ",\"max_turns\":", m_parameters.maxTurns, '}');
}

std::vector<std::string> GuessTheNumberEnvironment::legalActions(std::size_t most) const
{
    std::vector<std::string> actions;
    for (int number = m_parameters.min; number <= m_parameters.max && !isOver(); ++number) {
        if (actions.size() == most)
            break;
        if (!m_guessed.test(std::size_t(number)))
            appendText(actions.emplace_back(), "\\boxed{", number, '}');
    }
    return actions;
}

bool GuessTheNumberEnvironment::appendLegalAction(SampleRandom &random, std::string &out) const
{
    const std::size_t left
        = std::size_t(m_parameters.max - m_parameters.min + 1) - m_guesses.size();
    if (isOver() || left == 0)
        return false;
    std::size_t before = random.below(left);
    int number = m_parameters.min;
    while (m_guessed.test(std::size_t(number)) || before-- > 0)
        ++number;
    appendText(out, "\\boxed{", number, '}');
    return true;
}

std::unique_ptr<Environment> GuessTheNumberEnvironment::clone() const
{
    auto copy = std::make_unique<GuessTheNumberEnvironment>(*this);
    copy->m_guesses.reserve(m_guesses.capacity());
    return copy;
}

} // namespace quarry::gem
