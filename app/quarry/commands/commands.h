// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every command of the program, in the order of the help.
#pragma once

#include "cli/commandspec.h"

namespace quarry::cli {

QList<CommandSpec> allCommands();

CommandSpec serveCommand();
CommandSpec execCommand();
CommandSpec sandboxLsCommand();
CommandSpec sandboxStartCommand();
CommandSpec sandboxShowCommand();
CommandSpec sandboxStopCommand();
CommandSpec sandboxRestartCommand();
CommandSpec sandboxRmCommand();
CommandSpec sandboxExecCommand();
CommandSpec sandboxShellCommand();
CommandSpec sandboxCpCommand();
CommandSpec sandboxStatsCommand();
CommandSpec sandboxCommitCommand();
CommandSpec sandboxSweepCommand();
CommandSpec imageLsCommand();
CommandSpec imageImportCommand();
CommandSpec imageExportCommand();
CommandSpec imageShowCommand();
CommandSpec imageRmCommand();
CommandSpec envLsCommand();
CommandSpec envShowCommand();
CommandSpec envPlayCommand();
CommandSpec envVerifyCommand();
CommandSpec envBenchCommand();
CommandSpec termRenderCommand();
CommandSpec termPlayCommand();
CommandSpec doctorCommand();
CommandSpec versionCommand();
CommandSpec manCommand();

// --data of those that find a running engine by it.
Flag dataFlag();

} // namespace quarry::cli
