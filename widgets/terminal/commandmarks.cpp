// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/commandmarks.h"

#include <algorithm>

namespace quarry::widgets {

using terminal::Mark;
using terminal::MarkKind;

std::vector<CommandMark> commandsIn(const terminal::Marks &marks, std::uint64_t from,
                                    std::uint64_t to)
{
    // Backwards, so that the cost is what was printed since FROM.
    std::vector<CommandMark> commands;
    const Mark *end = nullptr;
    const Mark *output = nullptr;
    bool last = true; // no prompt was met yet
    const auto &all = marks.all();
    for (auto it = all.rbegin(); it != all.rend() && it->line + 1 > from; ++it) {
        switch (it->kind) {
        case MarkKind::End:
            end = &*it;
            break;
        case MarkKind::Output:
            output = &*it;
            break;
        case MarkKind::Command:
            break;
        case MarkKind::Prompt:
            if (it->line < to && (output || last)) {
                CommandMark command{it->line, CommandMark::State::Waiting, -1};
                if (output && end) {
                    command.state = CommandMark::State::Ended;
                    command.exitCode = end->exitCode;
                } else if (output) {
                    command.state = CommandMark::State::Running;
                }
                if (commands.empty() || commands.back().line != command.line)
                    commands.push_back(command);
            }
            last = false;
            end = output = nullptr;
        }
    }
    std::reverse(commands.begin(), commands.end());
    return commands;
}

std::optional<std::uint64_t> promptBefore(const terminal::Marks &marks, std::uint64_t line)
{
    std::optional<std::uint64_t> best;
    for (const Mark &mark : marks.all()) {
        if (mark.kind == MarkKind::Prompt && mark.line < line && (!best || mark.line > *best))
            best = mark.line;
    }
    return best;
}

std::optional<std::uint64_t> promptAfter(const terminal::Marks &marks, std::uint64_t line)
{
    std::optional<std::uint64_t> best;
    for (const Mark &mark : marks.all()) {
        if (mark.kind == MarkKind::Prompt && mark.line > line && (!best || mark.line < *best))
            best = mark.line;
    }
    return best;
}

} // namespace quarry::widgets
