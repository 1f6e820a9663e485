// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Wordle: find a word by being told which letters of a guess are right, and which stand elsewhere.
#pragma once

#include "gem/environment/environment.h"

#include <array>

namespace quarry::gem {

struct WordleParameters {
    static constexpr int shortest = 3;
    static constexpr int longest = 8;
    static constexpr int mostTurns = 1000;

    int length = 5;
    int maxTurns = 25;
    bool drawn = false; // both come from the seed
};

class WordleEnvironment final : public Environment
{
public:
    explicit WordleEnvironment(const WordleParameters &parameters);

    void appendObservation(std::string &out) const override;
    void appendSuffix(std::string &out) const override;
    void appendHidden(std::string &out) const override;
    void appendParameters(std::string &out) const override;
    // Words of the list; GEM takes anything of the right length.
    std::vector<std::string> legalActions(std::size_t most) const override;
    bool appendLegalAction(SampleRandom &random, std::string &out) const override;
    std::unique_ptr<Environment> clone() const override;

    // Upper case; blanks of other kinds than U+0020 count as characters. Zeros beyond its length.
    using Letters = std::array<char16_t, WordleParameters::longest>;

protected:
    void begin(std::uint32_t seed) override;
    Played play(std::string_view action) override;
    void appendBoardKeys(std::string &out) const override;

private:
    enum class Said : std::uint8_t { Rules, Unreadable, Length, Repeated, Marks };
    struct Guess {
        Letters letters{};
        std::array<char, WordleParameters::longest> marks{}; // G, Y or X
    };

    bool isGuessed(const Letters &letters) const;
    Guess mark(const Letters &letters) const;
    void appendRules(std::string &out) const;
    void appendMarks(std::string &out, const Guess &guess) const;

    WordleParameters m_parameters;
    Letters m_secret{};
    std::string_view m_example; // lower case
    Guess m_last;
    unsigned m_green = 0; // places that were green in any guess
    Said m_said = Said::Rules;
    std::vector<Guess> m_guesses; // up to maxTurns: after the end no more are kept
};

} // namespace quarry::gem
