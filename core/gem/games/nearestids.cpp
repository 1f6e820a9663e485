// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/registry.h"

#include <algorithm>
#include <array>

namespace quarry::gem {

namespace {

constexpr std::size_t longestId = 96; // of more only the beginning is compared
// What is left out ("sokoban") is likelier than what is wrong.
constexpr int costOfMissing = 1;
constexpr int costOfWrong = 3;

char foldedCase(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
}

// The weighted edit distance from ID to CANDIDATE. (Wagner and Fischer, 1974.)
int unlikeness(std::string_view id, std::string_view candidate)
{
    std::array<int, longestId + 1> row;
    for (std::size_t j = 0; j <= candidate.size(); ++j)
        row[j] = int(j) * costOfMissing;
    for (const char c : id) {
        int diagonal = row[0];
        row[0] += costOfWrong;
        for (std::size_t j = 1; j <= candidate.size(); ++j) {
            const int exchange
                = diagonal + (foldedCase(c) == foldedCase(candidate[j - 1]) ? 0 : costOfWrong);
            diagonal = row[j];
            row[j] = std::min({exchange, row[j] + costOfWrong, row[j - 1] + costOfMissing});
        }
    }
    return row[candidate.size()];
}

} // namespace

std::vector<std::string> nearestIds(std::string_view id, std::span<const std::string> candidates,
                                    std::size_t count)
{
    std::vector<std::pair<int, std::size_t>> ranked;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        const std::string_view candidate(candidates[i]);
        ranked.emplace_back(unlikeness(id.substr(0, longestId), candidate.substr(0, longestId)), i);
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::string> nearest;
    for (std::size_t i = 0; i < std::min(count, ranked.size()); ++i)
        nearest.push_back(candidates[ranked[i].second]);
    return nearest;
}

} // namespace quarry::gem
