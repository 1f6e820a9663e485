// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/mastermind.h"

#include "gem/environment/boxed.h"
#include "gem/games/phrases.h"

#include <algorithm>
#include <bit>

namespace quarry::gem {

namespace {

struct ReadCode {
    MastermindEnvironment::Code code{};
    std::size_t length = 0;
    std::int64_t least = 0, most = 0; // of its numbers
};

std::optional<ReadCode> takeCode(BoxedReader &reader)
{
    ReadCode read;
    std::int64_t number = 0;
    if (!reader.number(number))
        return std::nullopt;
    read.least = read.most = number;
    for (;;) {
        read.least = std::min(read.least, number);
        read.most = std::max(read.most, number);
        if (read.length < read.code.size())
            read.code[read.length] = std::uint8_t(std::min<std::int64_t>(number, 255));
        ++read.length;
        if (reader.spaces() == 0)
            return read;
        if (!reader.number(number))
            return std::nullopt;
    }
}

} // namespace

MastermindEnvironment::MastermindEnvironment(const MastermindParameters &parameters)
    : m_parameters(parameters)
{
}

MastermindEnvironment::Code MastermindEnvironment::drawSample()
{
    Code code{};
    const auto length = std::size_t(m_parameters.length);
    const auto picked = random().sample(std::size_t(m_parameters.numbers), length);
    std::transform(picked.begin(), picked.end(), code.begin(),
                   [](std::size_t index) { return std::uint8_t(index + 1); });
    return code;
}

void MastermindEnvironment::begin(std::uint32_t)
{
    if (m_parameters.drawn) {
        static constexpr int choices[][3] = {{2, 4, 10}, {4, 6, 20}, {4, 8, 30}};
        const auto &choice = choices[random().below(std::size(choices))];
        m_parameters.length = choice[0];
        m_parameters.numbers = choice[1];
        m_parameters.maxTurns = choice[2];
    }
    setMaxTurns(m_parameters.maxTurns);
    if (m_parameters.duplicates) {
        m_code = {};
        for (int i = 0; i < m_parameters.length; ++i)
            m_code[std::size_t(i)]
                = std::uint8_t(random().choicesIndex(std::size_t(m_parameters.numbers)) + 1);
    } else {
        m_code = drawSample();
    }
    // The example cannot be drawn where a number has to repeat; GEM fails there.
    m_example = m_parameters.length <= m_parameters.numbers ? drawSample() : Code{};
    m_said = Said::Rules;
    m_best = 0;
    m_guesses.clear();
    m_guesses.reserve(std::size_t(m_parameters.maxTurns));
}

bool MastermindEnvironment::isGuessed(const Code &code) const
{
    const auto key = std::bit_cast<unsigned __int128>(code); // compared at once
    return std::any_of(m_guesses.begin(), m_guesses.end(), [key](const Guess &guess) {
        return std::bit_cast<unsigned __int128>(guess.code) == key;
    });
}

MastermindEnvironment::Guess MastermindEnvironment::compare(const Code &code) const
{
    Guess guess{code};
    unsigned used = 0; // places of the code that a peg was given for
    int common = 0;
    for (int i = 0; i < m_parameters.length; ++i) {
        unsigned same = 0; // where the number stands
        for (int j = 0; j < m_parameters.length; ++j)
            same |= unsigned(code[std::size_t(i)] == m_code[std::size_t(j)]) << j;
        guess.black = std::uint8_t(guess.black + (same >> i & 1));
        same &= ~used;
        common += same != 0;
        used |= same & -same; // the first of them
    }
    guess.white = std::uint8_t(common - guess.black);
    return guess;
}

Environment::Played MastermindEnvironment::play(std::string_view action)
{
    const auto read = lastBoxed(action, takeCode);
    if (!read) {
        m_said = Said::Unreadable;
        return {Outcome::Unreadable};
    }
    m_said = Said::Pegs;
    if (read->length != std::size_t(m_parameters.length))
        m_said = Said::Length;
    else if (read->least < 1 || read->most > m_parameters.numbers)
        m_said = Said::Outside;
    else if (isGuessed(read->code))
        m_said = Said::Repeated;
    if (m_said != Said::Pegs)
        return {};

    m_last = compare(read->code);
    if (m_guesses.size() < std::size_t(m_parameters.maxTurns))
        m_guesses.push_back(m_last);
    double reward = 0;
    if (m_last.black > m_best) {
        reward = double(m_last.black - m_best) / m_parameters.length;
        m_best = m_last.black;
    }
    return {m_last.black == m_parameters.length ? Outcome::Ended : Outcome::Goes, reward};
}

std::string_view MastermindEnvironment::codeText(CodeText &buffer, const Code &code,
                                                 char between) const
{
    char *end = buffer.data();
    for (int i = 0; i < m_parameters.length; ++i) {
        if (i > 0)
            *end++ = between;
        const int number = code[std::size_t(i)];
        if (number >= 10)
            *end++ = char('0' + number / 10);
        *end++ = char('0' + number % 10);
    }
    return {buffer.data(), std::size_t(end - buffer.data())};
}

void MastermindEnvironment::appendCode(std::string &out, const Code &code, char between) const
{
    CodeText buffer;
    out += codeText(buffer, code, between);
}

void MastermindEnvironment::appendObservation(std::string &out) const
{
    CodeText buffer;
    switch (m_said) {
    case Said::Rules:
        appendText(out, "Mastermind. The secret code has ", m_parameters.length,
                   " numbers from 1 to ", m_parameters.numbers,
                   m_parameters.duplicates ? "; a number may come twice" : ", all different",
                   ". A black peg stands for a number in its right place, a white one for a number "
                   "in a wrong place. "
                   "Answer with the numbers in a box, with blanks between");
        if (m_example[0] != 0) {
            out += ", for example \\boxed{";
            appendCode(out, m_example, ' ');
            out += '}';
        }
        out += ". ";
        return appendTurns(out, maxTurns());
    case Said::Unreadable:
        return appendUnreadable(out, "\\boxed{numbers}");
    case Said::Length:
        appendText(out, "A guess has ", m_parameters.length, " numbers.");
        break;
    case Said::Outside:
        appendText(out, "The numbers go from 1 to ", m_parameters.numbers, '.');
        break;
    case Said::Repeated:
        out += "You have guessed that before.";
        break;
    case Said::Pegs:
        appendText(out, codeText(buffer, m_last.code, ' '), ": ", m_last.black, " black, ",
                   m_last.white, " white.");
        if (m_last.black == m_parameters.length) {
            out += " You win!";
            return;
        }
        break;
    }
    if (turn() >= maxTurns())
        out += outOfTurns;
}

void MastermindEnvironment::appendSuffix(std::string &out) const
{
    appendText(out, "Guess ", m_parameters.length, " numbers from 1 to ", m_parameters.numbers,
               ": \\boxed{numbers}");
}

void MastermindEnvironment::appendBoardKeys(std::string &out) const
{
    appendText(out, ",\"length\":", m_parameters.length, ",\"numbers\":", m_parameters.numbers,
               ",\"guesses\":[");
    std::string_view comma = "[";
    for (const Guess &guess : m_guesses) {
        out += comma;
        appendCode(out, guess.code, ',');
        out += ']';
        comma = ",[";
    }
    out += "],\"pegs\":[";
    comma = "[";
    for (const Guess &guess : m_guesses) {
        appendText(out, comma, guess.black, ',', guess.white, ']');
        comma = ",[";
    }
    out += ']';
}

void MastermindEnvironment::appendHidden(std::string &out) const
{
    out += "{\"code\":[";
    appendCode(out, m_code, ',');
    out += "]}";
}

void MastermindEnvironment::appendParameters(std::string &out) const
{
    appendText(out, "{\"length\":", m_parameters.length, ",\"numbers\":", m_parameters.numbers,
               ",\"duplicates\":", m_parameters.duplicates ? "true" : "false",
               ",\"max_turns\":", m_parameters.maxTurns, '}');
}

std::size_t MastermindEnvironment::countCodes(std::size_t most) const
{
    std::size_t count = 1;
    for (int i = 0; i < m_parameters.length && count < most; ++i)
        count *= std::size_t(m_parameters.numbers);
    return std::min(count, most);
}

std::vector<std::string> MastermindEnvironment::legalActions(std::size_t most) const
{
    std::vector<std::string> actions;
    Code code{};
    std::fill_n(code.begin(), m_parameters.length, std::uint8_t(1));
    while (!isOver() && actions.size() < most) {
        if (!isGuessed(code)) {
            std::string &action = actions.emplace_back("\\boxed{");
            appendCode(action, code, ' ');
            action += '}';
        }
        int at = m_parameters.length - 1;
        while (at >= 0 && code[std::size_t(at)] == m_parameters.numbers)
            code[std::size_t(at--)] = 1;
        if (at < 0)
            break;
        ++code[std::size_t(at)];
    }
    return actions;
}

bool MastermindEnvironment::appendLegalAction(SampleRandom &random, std::string &out) const
{
    if (isOver() || countCodes(m_guesses.size() + 1) == m_guesses.size())
        return false;
    Code code{};
    do {
        for (int i = 0; i < m_parameters.length; ++i)
            code[std::size_t(i)]
                = std::uint8_t(random.below(std::size_t(m_parameters.numbers)) + 1);
    } while (isGuessed(code));
    out += "\\boxed{";
    appendCode(out, code, ' ');
    out += '}';
    return true;
}

std::unique_ptr<Environment> MastermindEnvironment::clone() const
{
    auto copy = std::make_unique<MastermindEnvironment>(*this);
    copy->m_guesses.reserve(m_guesses.capacity());
    return copy;
}

} // namespace quarry::gem
