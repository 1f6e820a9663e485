// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/commands.h"

namespace quarry::cli {

QList<CommandSpec> allCommands()
{
    return {versionCommand()};
}

} // namespace quarry::cli
