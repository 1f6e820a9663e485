// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the registry knows of each game.
#pragma once

#include "gem/games/registry.h"

#include <array>

namespace quarry::gem {

// In the order of a game's parameters.
using GameValues = std::array<int, 4>;

struct GameVariant {
    std::string_view name; // "easy"
    std::string_view text; // what is special about it
    GameValues values{};
    bool drawn = false;
};

struct GameEntry {
    std::string_view name;
    std::string_view text; // a line for a person
    Parameter parameters[4]; // up to one without a name; their values are the variants'
    GameVariant variants[4]; // up to one without a name
    // VALUES are within their bounds each; where they do not go together, ERROR says why and null
    // comes back.
    std::unique_ptr<Environment> (*make)(const GameValues &values, bool drawn, FifteenReset fifteen,
                                         std::string &error);
};

// By name.
std::span<const GameEntry> gameTable();

} // namespace quarry::gem
