// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// TowerofHanoi: move all disks from A to C, never a larger one onto a smaller one.
#pragma once

#include "gem/environment/environment.h"

#include <array>

namespace quarry::gem {

struct TowerOfHanoiParameters {
    static constexpr int mostDisks = 16;

    int disks = 3;
    int maxTurns = 10;
    bool drawn = false; // both come from the seed
};

class TowerOfHanoiEnvironment final : public Environment
{
public:
    explicit TowerOfHanoiEnvironment(const TowerOfHanoiParameters &parameters);

    void appendObservation(std::string &out) const override;
    void appendSuffix(std::string &out) const override;
    void appendParameters(std::string &out) const override;
    // Moves between two towers: one from a tower to itself, which GEM accepts and which changes
    // nothing, is left out.
    std::vector<std::string> legalActions(std::size_t most) const override;
    bool appendLegalAction(SampleRandom &random, std::string &out) const override;
    std::unique_ptr<Environment> clone() const override;

protected:
    void begin(std::uint32_t seed) override;
    Played play(std::string_view action) override;
    double rewardAtLimit(double reward) const override;
    void appendBoardKeys(std::string &out) const override;

private:
    enum class Said : std::uint8_t { Rules, Unreadable, Empty, Larger, Moved, Won };
    struct Tower {
        std::array<std::uint8_t, TowerOfHanoiParameters::mostDisks>
            disks; // bottom to top, 1 the smallest
        std::uint8_t height = 0;

        int top() const { return disks[height - 1u]; }
    };

    bool isLegal(const Tower &from, const Tower &to) const;

    TowerOfHanoiParameters m_parameters;
    std::array<Tower, 3> m_towers{};
    std::uint8_t m_from = 0, m_to = 0;
    Said m_said = Said::Rules;
};

} // namespace quarry::gem
