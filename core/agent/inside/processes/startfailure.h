// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Why a program did not start, in words and as a shell's exit code.
#pragma once

#include "agent/inside/processes/child.h"
#include "agent/wire/messages.h"

namespace quarry::agent {

// PROGRAM and CWD are what was asked for.
Failure describe(const StartFailure &failure, const std::string &program, const std::string &cwd);

} // namespace quarry::agent
