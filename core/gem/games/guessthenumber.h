// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// GuessTheNumber: find a number within a range by being told where it lies.
#pragma once

#include "gem/environment/environment.h"

#include <bitset>

namespace quarry::gem {

struct GuessTheNumberParameters {
    static constexpr int greatest = 1000; // that MAX may be

    int min = 1; // at least 1, below MAX
    int max = 10;
    int maxTurns = 4;
    bool drawn = false; // the three come from the seed
};

class GuessTheNumberEnvironment final : public Environment
{
public:
    explicit GuessTheNumberEnvironment(const GuessTheNumberParameters &parameters);

    void appendObservation(std::string &out) const override;
    void appendSuffix(std::string &out) const override;
    void appendHidden(std::string &out) const override;
    void appendParameters(std::string &out) const override;
    std::vector<std::string> legalActions(std::size_t most) const override;
    bool appendLegalAction(SampleRandom &random, std::string &out) const override;
    std::unique_ptr<Environment> clone() const override;

protected:
    void begin(std::uint32_t seed) override;
    Played play(std::string_view action) override;
    double rewardAtLimit(double reward) const override;
    void appendBoardKeys(std::string &out) const override;

private:
    enum class Said : std::uint8_t { Rules, Unreadable, Outside, Repeated, Answer };

    bool isInside(std::int64_t number) const;
    void appendRules(std::string &out) const;
    void appendAnswer(std::string &out) const;

    GuessTheNumberParameters m_parameters;
    int m_target = 0;
    int m_example = 0;
    std::int64_t m_guess = 0;
    Said m_said = Said::Rules;
    std::vector<std::uint16_t> m_guesses; // in order
    std::bitset<GuessTheNumberParameters::greatest + 1> m_guessed;
};

} // namespace quarry::gem
