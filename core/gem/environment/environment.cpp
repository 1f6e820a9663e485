// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/environment/environment.h"

#include "gem/environment/jsontext.h"

#include <algorithm>
#include <array>

namespace quarry::gem {

namespace {
constexpr double unreadablePay = -0.1;
} // namespace

void Environment::reset(std::uint32_t seed)
{
    m_random.seed(seed);
    beginAnew(seed);
}

void Environment::resetAll(std::span<Environment *const> environments,
                           std::span<const std::uint32_t> seeds)
{
    // In groups, so that what is seeded is still at hand when its game begins.
    std::array<PythonRandom *, 16> randoms;
    for (std::size_t from = 0; from < seeds.size(); from += randoms.size()) {
        const std::size_t count = std::min(randoms.size(), seeds.size() - from);
        for (std::size_t i = 0; i < count; ++i)
            randoms[i] = &environments[from + i]->m_random;
        PythonRandom::seedAll(std::span(randoms).first(count), seeds.subspan(from, count));
        for (std::size_t i = 0; i < count; ++i)
            environments[from + i]->beginAnew(seeds[from + i]);
    }
}

void Environment::beginAnew(std::uint32_t seed)
{
    m_turn = 0;
    m_isOver = false;
    begin(seed);
}

StepResult Environment::step(std::string_view action)
{
    ++m_turn;
    const Played played = play(action);
    StepResult result{played.reward, true, false};
    if (played.outcome == Outcome::Unreadable) {
        result = {unreadablePay, true, m_turn == m_maxTurns};
    } else if (played.outcome == Outcome::Goes) {
        const bool atLimit = m_turn >= m_maxTurns;
        result = {atLimit ? rewardAtLimit(played.reward) : played.reward, atLimit, atLimit};
    }
    m_isOver = m_isOver || result.terminated;
    return result;
}

void Environment::appendBoard(std::string &out) const
{
    out += "{\"turn\":";
    appendNumber(out, m_turn);
    out += ",\"max_turns\":";
    appendNumber(out, m_maxTurns);
    appendBoardKeys(out);
    out += '}';
}

} // namespace quarry::gem
