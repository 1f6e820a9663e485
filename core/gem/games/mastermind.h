// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Mastermind: break a code of numbers by black pegs (right place) and white ones (elsewhere).
#pragma once

#include "gem/environment/environment.h"

#include <array>

namespace quarry::gem {

struct MastermindParameters {
    static constexpr int longest = 16;
    static constexpr int greatest = 99;
    static constexpr int mostTurns = 1000;

    int length = 4;
    int numbers = 6; // at least LENGTH, unless the code may repeat numbers
    bool duplicates = false; // the code may
    int maxTurns = 20;
    bool drawn = false; // length, numbers and turns come from the seed
};

class MastermindEnvironment final : public Environment
{
public:
    explicit MastermindEnvironment(const MastermindParameters &parameters);

    void appendObservation(std::string &out) const override;
    void appendSuffix(std::string &out) const override;
    void appendHidden(std::string &out) const override;
    void appendParameters(std::string &out) const override;
    // Codes in the order of their numbers.
    std::vector<std::string> legalActions(std::size_t most) const override;
    bool appendLegalAction(SampleRandom &random, std::string &out) const override;
    std::unique_ptr<Environment> clone() const override;

    using Code = std::array<std::uint8_t, MastermindParameters::longest>; // zeros beyond its length

protected:
    void begin(std::uint32_t seed) override;
    Played play(std::string_view action) override;
    void appendBoardKeys(std::string &out) const override;

private:
    enum class Said : std::uint8_t { Rules, Unreadable, Length, Outside, Repeated, Pegs };
    struct Guess {
        Code code;
        std::uint8_t black = 0, white = 0;
    };

    Code drawSample();
    bool isGuessed(const Code &code) const;
    // How many codes there are, at most MOST.
    std::size_t countCodes(std::size_t most) const;
    Guess compare(const Code &code) const;
    using CodeText = std::array<char, MastermindParameters::longest * 3>;
    // The numbers of a code with BETWEEN them, written to BUFFER.
    std::string_view codeText(CodeText &buffer, const Code &code, char between) const;
    void appendCode(std::string &out, const Code &code, char between) const;

    MastermindParameters m_parameters;
    Code m_code{};
    Code m_example{};
    Guess m_last{};
    int m_best = 0; // black pegs so far
    Said m_said = Said::Rules;
    std::vector<Guess> m_guesses; // up to maxTurns: after the end no more are kept
};

} // namespace quarry::gem
