// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The native environments by GEM's ids, with their parameters.
#pragma once

#include "gem/environment/environment.h"
#include "gem/games/fifteenreset.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::gem {

// A constructor's argument under GEM's own name, as the golden vectors' "params" have it.
struct Parameter {
    std::string_view name;
    int value = 0; // where it is not drawn
    int least = 0, most = 0;
};

struct EnvironmentKind {
    std::string id;   // "game:Sokoban-v0-easy"
    std::string game; // "Sokoban"
    std::string text; // one line for a person
    bool drawn = false; // its parameters come from the seed
    std::vector<Parameter> parameters; // empty when they are drawn
};

// All of them, by id.
std::span<const EnvironmentKind> environmentKinds();
// Null for an id that is not native.
const EnvironmentKind *environmentKind(std::string_view id);
// The COUNT ids of CANDIDATES most like ID, the nearest first.
std::vector<std::string> nearestIds(std::string_view id, std::span<const std::string> candidates,
                                    std::size_t count);

// Parameters that a caller sets in place of the registered ones; all within their bounds.
struct ParameterValue {
    std::string_view name;
    int value = 0;
};
// A faulty name or value is named in ERROR, and null comes back.
std::unique_ptr<Environment> makeEnvironment(const EnvironmentKind &kind,
                                             std::span<const ParameterValue> values,
                                             FifteenReset fifteen, std::string &error);

} // namespace quarry::gem
