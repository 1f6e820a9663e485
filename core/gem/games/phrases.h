// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What several games say alike.
#pragma once

#include "gem/environment/appendtext.h"

namespace quarry::gem {

inline constexpr std::string_view outOfTurns = " That was your last turn.";

// The last words of the rules.
inline void appendTurns(std::string &out, int maxTurns)
{
    appendText(out, "You have ", maxTurns, " turns. Only the last box in your answer counts.");
}

inline void appendUnreadable(std::string &out, std::string_view form)
{
    appendText(out, "Your answer has no ", form, " in it, so the game is over.");
}

} // namespace quarry::gem
