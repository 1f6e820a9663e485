// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry sandbox stop, restart, rm
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/engineclient.h"
#include "commands/commands.h"

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

int answer(Context &context, const QString &id, const Result<QJsonObject> &result)
{
    if (!result)
        return context.fail(result.error());
    context.done({{u"id"_s, id}});
    return exitcode::done;
}

int stop(Context &context, const Arguments &arguments)
{
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return context.fail(engine.error());
    return answer(context, arguments.word(0),
                  engine->post(sandboxPath(arguments.word(0), u"/stop"_s)));
}

int restart(Context &context, const Arguments &arguments)
{
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return context.fail(engine.error());
    const QString id = arguments.word(0);
    const Result<QJsonObject> accepted = engine->post(sandboxPath(id, u"/restart"_s));
    return answer(context, id, accepted ? awaitSandbox(*engine, id, context) : accepted);
}

int remove(Context &context, const Arguments &arguments)
{
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return context.fail(engine.error());
    client::Query query;
    if (arguments.has(u"--force"_s))
        query << qMakePair(u"force"_s, u"true"_s);
    return answer(context, arguments.word(0),
                  engine->remove(sandboxPath(arguments.word(0)), query));
}

} // namespace

CommandSpec sandboxStopCommand()
{
    return {.path = {u"sandbox"_s, u"stop"_s},
            .summary = u"Stop a sandbox; its files stay, and restart brings it back."_s,
            .flags = {dataFlag()},
            .words = {{u"ID"_s}},
            .examples = {u"quarry sandbox stop my-box"_s},
            .run = stop};
}

CommandSpec sandboxRestartCommand()
{
    return {.path = {u"sandbox"_s, u"restart"_s},
            .summary = u"Start a stopped sandbox again, with its files."_s,
            .flags = {dataFlag()},
            .words = {{u"ID"_s}},
            .examples = {u"quarry sandbox restart my-box"_s},
            .run = restart};
}

CommandSpec sandboxRmCommand()
{
    return {.path = {u"sandbox"_s, u"rm"_s},
            .summary = u"Delete a stopped sandbox and its files."_s,
            .flags = {{u"--force"_s, Kind::Switch, {}, u"also one that runs"_s, {}, false, u"-f"_s},
                      dataFlag()},
            .words = {{u"ID"_s}},
            .examples = {u"quarry sandbox rm --force my-box"_s},
            .run = remove};
}

} // namespace quarry::cli
