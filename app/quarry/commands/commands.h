// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every command of the program, in the order of the help.
#pragma once

#include "cli/commandspec.h"

namespace quarry::cli {

QList<CommandSpec> allCommands();

CommandSpec serveCommand();
CommandSpec execCommand();
CommandSpec versionCommand();

} // namespace quarry::cli
