// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/processes/startfailure.h"

#include <cerrno>
#include <cstring>

namespace quarry::agent {

namespace {

constexpr int notFound = 127;
constexpr int notRunnable = 126;

std::string quoted(const std::string &name)
{
    return '"' + name.substr(0, 1024) + '"';
}

} // namespace

Failure describe(const StartFailure &failure, const std::string &program, const std::string &cwd)
{
    using Stage = StartFailure::Stage;
    Failure result;
    result.kind = Failure::Kind::NotStarted;
    result.errnoValue = failure.errnoValue;
    result.exitCode = notRunnable;
    const std::string reason = std::string(": ") + strerror(failure.errnoValue) + '.';
    switch (failure.stage) {
    case Stage::Fork:
        result.message = "Cannot start another process for " + quoted(program) + reason;
        break;
    case Stage::Cwd:
        result.message = "Cannot start in the folder " + quoted(cwd) + reason;
        break;
    case Stage::User:
        result.message = "Cannot run " + quoted(program) + " as the user asked for" + reason;
        break;
    case Stage::Limits:
        result.message = "Cannot set the limits of " + quoted(program) + reason;
        break;
    case Stage::Terminal:
        result.message = "Cannot give " + quoted(program) + " its terminal" + reason;
        break;
    case Stage::Interpreter:
        result.message = "Cannot run " + quoted(program) + ": its interpreter does not exist.";
        break;
    case Stage::Program:
        if (failure.errnoValue == ENOENT || failure.errnoValue == ENOTDIR)
            result.exitCode = notFound;
        result.message = result.exitCode == notFound
            ? "There is no program " + quoted(program) + '.'
            : "Cannot run " + quoted(program) + reason;
        break;
    }
    return result;
}

} // namespace quarry::agent
