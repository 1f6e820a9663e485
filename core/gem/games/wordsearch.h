// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// WordSearch: find words across and down in a square of letters.
#pragma once

#include "gem/environment/environment.h"
#include "gem/games/wordgrid.h"

#include <bitset>

namespace quarry::gem {

struct WordSearchParameters {
    static constexpr int mostTurns = 1000;

    int words = 5;
    int maxTurns = 20;
    bool hardcore = false; // from the large list
    bool drawn = false; // all three come from the seed
};

class WordSearchEnvironment final : public Environment
{
public:
    explicit WordSearchEnvironment(const WordSearchParameters &parameters);

    void appendObservation(std::string &out) const override;
    void appendSuffix(std::string &out) const override;
    void appendHidden(std::string &out) const override;
    void appendParameters(std::string &out) const override;
    // Pairs of different cells in one row or column, each way.
    std::vector<std::string> legalActions(std::size_t most) const override;
    bool appendLegalAction(SampleRandom &random, std::string &out) const override;
    std::unique_ptr<Environment> clone() const override;

    struct Ends {
        std::int64_t startRow = 0, startColumn = 0, endRow = 0, endColumn = 0;
    };

protected:
    void begin(std::uint32_t seed) override;
    Played play(std::string_view action) override;
    void appendBoardKeys(std::string &out) const override;

private:
    enum class Said : std::uint8_t {
        Rules,
        Unreadable,
        Outside,
        Repeated,
        Slanted,
        Nothing,
        Found
    };

    // The INDEXth of them all, a number below 2·side²·(side − 1).
    Ends pair(int index) const;
    int pairCount() const { return 2 * m_grid.side() * m_grid.side() * (m_grid.side() - 1); }
    bool isInside(const Ends &ends) const;
    bool isTried(const Ends &ends) const;
    Played find();

    WordSearchParameters m_parameters;
    WordGrid m_grid;
    std::bitset<WordGrid::mostWords> m_found;
    Ends m_last;
    std::size_t m_lastWord = 0;
    Said m_said = Said::Rules;
    std::vector<std::uint32_t> m_tried; // up to maxTurns: after the end no more are kept
};

} // namespace quarry::gem
