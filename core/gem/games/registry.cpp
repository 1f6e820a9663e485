// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/games/registry.h"

#include "gem/environment/appendtext.h"
#include "gem/games/gametable.h"

#include <algorithm>

namespace quarry::gem {

namespace {

EnvironmentKind kindOf(const GameEntry &game, const GameVariant &variant)
{
    EnvironmentKind kind;
    appendText(kind.id, "game:", game.name, "-v0-", variant.name);
    kind.game = game.name;
    appendText(kind.text, game.text, ": ", variant.text);
    kind.drawn = variant.drawn;
    for (std::size_t i = 0; i < std::size(game.parameters); ++i) {
        if (variant.drawn || game.parameters[i].name.empty())
            break;
        kind.parameters.push_back(game.parameters[i]);
        kind.parameters.back().value = variant.values[i];
    }
    return kind;
}

std::vector<EnvironmentKind> allKinds()
{
    std::vector<EnvironmentKind> kinds;
    for (const GameEntry &game : gameTable()) {
        for (const GameVariant &variant : game.variants) {
            if (!variant.name.empty())
                kinds.push_back(kindOf(game, variant));
        }
    }
    return kinds;
}

// A caller's text within a message.
std::string_view shortened(std::string_view text)
{
    return text.substr(0, 40);
}

std::string unknownParameter(const EnvironmentKind &kind, std::string_view name)
{
    std::string error;
    appendText(error, kind.id, " has no parameter \"", shortened(name), '"');
    if (kind.drawn)
        error += ": the seed decides";
    for (std::size_t i = 0; i < kind.parameters.size(); ++i)
        appendText(error, i == 0 ? "; it has " : ", ", kind.parameters[i].name);
    return error;
}

// Puts VALUE where it belongs in ALL; says what is wrong with it, or nothing.
std::string setValue(const EnvironmentKind &kind, const ParameterValue &value, GameValues &all)
{
    const auto found = std::find_if(kind.parameters.begin(), kind.parameters.end(),
                                    [&](const Parameter &that) { return that.name == value.name; });
    if (found == kind.parameters.end())
        return unknownParameter(kind, value.name);
    std::string error;
    if (value.value < found->least || value.value > found->most)
        appendText(error, '"', found->name, "\" is ", value.value, ", but has to be ", found->least,
                   " to ", found->most);
    all[std::size_t(found - kind.parameters.begin())] = value.value;
    return error;
}

} // namespace

std::span<const EnvironmentKind> environmentKinds()
{
    static const std::vector<EnvironmentKind> kinds = allKinds();
    return kinds;
}

const EnvironmentKind *environmentKind(std::string_view id)
{
    const auto kinds = environmentKinds();
    const auto found = std::lower_bound(
        kinds.begin(), kinds.end(), id,
        [](const EnvironmentKind &kind, std::string_view that) { return kind.id < that; });
    return found != kinds.end() && found->id == id ? &*found : nullptr;
}

std::unique_ptr<Environment> makeEnvironment(const EnvironmentKind &kind,
                                             std::span<const ParameterValue> values,
                                             FifteenReset fifteen, std::string &error)
{
    const auto games = gameTable();
    const auto game = std::find_if(games.begin(), games.end(),
                                   [&](const GameEntry &that) { return that.name == kind.game; });
    GameValues all
        = game->variants[0].values; // for a drawn kind merely something that goes together
    for (std::size_t i = 0; i < kind.parameters.size(); ++i)
        all[i] = kind.parameters[i].value;
    error.clear();
    for (const ParameterValue &value : values) {
        error = setValue(kind, value, all);
        if (!error.empty())
            return nullptr;
    }
    return game->make(all, kind.drawn, fifteen, error);
}

} // namespace quarry::gem
