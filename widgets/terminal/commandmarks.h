// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of a shell that marks them (OSC 133), by the line of their prompt. Pure.
#pragma once

#include "terminal/screen/marks.h"

#include <optional>
#include <vector>

namespace quarry::widgets {

struct CommandMark {
    enum class State { Waiting, Running, Ended };

    std::uint64_t line; // of the prompt
    State state = State::Waiting;
    int exitCode = -1; // of one that ended, when it is known
};

// Those whose prompt is in [from, to), in their order; an empty line entered at a prompt is none,
// nor is a prompt that no command followed, but for the last.
std::vector<CommandMark> commandsIn(const terminal::Marks &marks, std::uint64_t from,
                                    std::uint64_t to);

// The line of the prompt nearest before or after LINE.
std::optional<std::uint64_t> promptBefore(const terminal::Marks &marks, std::uint64_t line);
std::optional<std::uint64_t> promptAfter(const terminal::Marks &marks, std::uint64_t line);

} // namespace quarry::widgets
