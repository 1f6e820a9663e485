// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry version
#include "cli/arguments.h"
#include "cli/context.h"
#include "service/versioninfo.h"
#include "commands/commands.h"

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

int run(Context &context, const Arguments &)
{
    const QString qt = QString::fromLatin1(qVersion());
    if (context.json()) {
        context.printLine({{u"program"_s, u"quarry"_s},
                           {u"version"_s, service::programVersion()},
                           {u"commit"_s, service::programCommit()},
                           {u"qt"_s, qt}});
        return exitcode::done;
    }
    const QString commit = service::programCommit().isEmpty()
        ? QString()
        : u", commit "_s + service::programCommit();
    context.print(u"quarry %1 (Qt %2%3)\n"_s.arg(service::programVersion(), qt, commit));
    return exitcode::done;
}

} // namespace

CommandSpec versionCommand()
{
    return {
        .path = {u"version"_s},
        .summary = u"Say which version this is."_s,
        .text
        = u"Prints the program's version, the Qt that it runs with, and the commit of its sources where that is known."_s,
        .examples = {u"quarry version --json"_s},
        .run = run};
}

} // namespace quarry::cli
