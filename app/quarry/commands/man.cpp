// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry man: what the build installs as quarry(1).
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/manpage.h"
#include "commands/commands.h"
#include "service/versioninfo.h"

namespace quarry::cli {

using namespace Qt::StringLiterals;

CommandSpec manCommand()
{
    return {.path = {u"man"_s},
            .summary = u"Print the manual page, for man(7)."_s,
            .examples = {u"quarry man | man -l -"_s},
            .run =
                [](Context &context, const Arguments &) {
                    context.print(manPage(allCommands(), service::programVersion()));
                    return exitcode::done;
                },
            .hidden = true};
}

} // namespace quarry::cli
