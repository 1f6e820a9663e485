// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Hangman: find a word by letters, and then say it.
#pragma once

#include "gem/environment/environment.h"

#include <array>

namespace quarry::gem {

struct HangmanParameters {
    static constexpr int shortest = 3;
    static constexpr int longest = 8;

    int length = 5;
    int maxTurns = 15;
    bool drawn = false; // both come from the seed
};

class HangmanEnvironment final : public Environment
{
public:
    explicit HangmanEnvironment(const HangmanParameters &parameters);

    void appendObservation(std::string &out) const override;
    void appendSuffix(std::string &out) const override;
    void appendHidden(std::string &out) const override;
    void appendParameters(std::string &out) const override;
    // Letters not tried yet, then the words of the list that fit what is known.
    std::vector<std::string> legalActions(std::size_t most) const override;
    bool appendLegalAction(SampleRandom &random, std::string &out) const override;
    std::unique_ptr<Environment> clone() const override;

protected:
    void begin(std::uint32_t seed) override;
    Played play(std::string_view action) override;
    void appendBoardKeys(std::string &out) const override;

private:
    enum class Said : std::uint8_t {
        Rules,
        Unreadable,
        Length,
        WrongWord,
        Repeated,
        Absent,
        Present,
        Won
    };

    bool isTried(char upper) const { return (m_tried >> (upper - 'A') & 1) != 0; }
    // Whether the lower-case WORD may be the secret, as far as the player knows.
    bool fits(std::string_view word) const;
    int countHidden() const;
    Played playLetter(char upper);

    HangmanParameters m_parameters;
    std::array<char, HangmanParameters::longest> m_secret{}; // upper case
    std::array<char, HangmanParameters::longest> m_shown{}; // a letter or _
    std::array<char, 26> m_order{}; // the letters as they were tried
    std::uint8_t m_triedCount = 0;
    std::uint32_t m_tried = 0; // a bit a letter
    std::string_view m_exampleWord; // lower case
    char m_exampleLetter = 'A';
    char m_letter = 'A'; // the last one tried
    Said m_said = Said::Rules;
};

} // namespace quarry::gem
