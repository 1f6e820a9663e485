// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/direction.h"

#include "gem/environment/boxed.h"

#include <bit>

namespace quarry::gem {

namespace {

constexpr std::array<std::string_view, 4> directionActions
    = {"\\boxed{up}", "\\boxed{down}", "\\boxed{left}", "\\boxed{right}"};

} // namespace

std::string_view directionAction(Direction direction)
{
    return directionActions[std::size_t(direction)];
}

std::string_view directionName(Direction direction)
{
    const std::string_view action = directionAction(direction);
    return action.substr(openingLength, action.size() - openingLength - 1);
}

std::optional<Direction> readDirection(std::string_view action, WordCase wordCase)
{
    return lastBoxed(action, [wordCase](BoxedReader &reader) -> std::optional<Direction> {
        for (const Direction direction : allDirections) {
            const std::string_view name = directionName(direction);
            if (wordCase == WordCase::Any ? reader.wordAnyCase(name) : reader.literal(name))
                return direction;
        }
        return {};
    });
}

std::vector<std::string> DirectionSet::actions(std::size_t most) const
{
    std::vector<std::string> out;
    for (const Direction direction : allDirections) {
        if (contains(direction) && out.size() < most)
            out.emplace_back(directionAction(direction));
    }
    return out;
}

bool DirectionSet::appendAction(SampleRandom &random, std::string &out) const
{
    if (m_bits == 0)
        return false;
    std::uint64_t skip = random.below(std::uint64_t(std::popcount(m_bits)));
    for (const Direction direction : allDirections) {
        if (contains(direction) && skip-- == 0) {
            out += directionAction(direction);
            break;
        }
    }
    return true;
}

} // namespace quarry::gem
