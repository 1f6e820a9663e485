// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The four moves that several games share, and their words.
#pragma once

#include "gem/random/samplerandom.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::gem {

enum class Direction : std::uint8_t { Up, Down, Left, Right };

inline constexpr std::array<Direction, 4> allDirections
    = {Direction::Up, Direction::Down, Direction::Left, Direction::Right};

// The answer that the observations ask for.
inline constexpr std::string_view directionForm = "\\boxed{up|down|left|right}";

std::string_view directionName(Direction direction); // "up"
std::string_view directionAction(Direction direction); // "\boxed{up}"

enum class WordCase : std::uint8_t { Lower, Any };
// The last boxed direction in ACTION.
std::optional<Direction> readDirection(std::string_view action, WordCase wordCase);

// Some of the four.
class DirectionSet
{
public:
    void insert(Direction direction) { m_bits |= 1U << int(direction); }
    bool contains(Direction direction) const { return m_bits >> int(direction) & 1U; }
    // The first MOST of them as actions.
    std::vector<std::string> actions(std::size_t most) const;
    // Appends one of them as an action; false when there is none.
    bool appendAction(SampleRandom &random, std::string &out) const;

private:
    unsigned m_bits = 0;
};

} // namespace quarry::gem
