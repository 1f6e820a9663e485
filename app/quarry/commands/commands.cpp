// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/commands.h"

namespace quarry::cli {

using namespace Qt::StringLiterals;

QList<CommandSpec> allCommands()
{
    return {serveCommand(),          execCommand(),         sandboxLsCommand(),
            sandboxStartCommand(),   sandboxShowCommand(),  sandboxStopCommand(),
            sandboxRestartCommand(), sandboxRmCommand(),    sandboxExecCommand(),
            sandboxShellCommand(),   sandboxCpCommand(),    sandboxStatsCommand(),
            sandboxCommitCommand(),  sandboxSweepCommand(), imageLsCommand(),
            imageImportCommand(),    imageExportCommand(),  imageShowCommand(),
            imageRmCommand(),        envLsCommand(),        envShowCommand(),
            envPlayCommand(),        envVerifyCommand(),    envBenchCommand(),
            termRenderCommand(),     termPlayCommand(),     doctorCommand(),
            versionCommand(),        manCommand()};
}

Flag dataFlag()
{
    return {u"--data"_s, Kind::Text, u"DIR"_s,
            u"the data folder of the engine (default: $QUARRY_DATA, $XDG_DATA_HOME/quarry)"_s};
}

} // namespace quarry::cli
