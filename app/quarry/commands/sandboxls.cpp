// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry sandbox ls
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/engineclient.h"
#include "cli/table.h"
#include "commands/commands.h"

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

int run(Context &context, const Arguments &arguments)
{
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return context.fail(engine.error());
    client::Query query;
    if (arguments.has(u"--all"_s))
        query << qMakePair(u"state"_s, u"all"_s);
    else if (arguments.has(u"--state"_s))
        query << qMakePair(u"state"_s, arguments.text(u"--state"_s));
    if (arguments.has(u"--image"_s))
        query << qMakePair(u"image"_s, arguments.text(u"--image"_s));
    const Result<QJsonArray> items = allItems(*engine, u"/sandboxes"_s, query);
    if (!items)
        return context.fail(items.error());

    Table table({u"ID"_s, u"STATE"_s, u"IMAGE"_s, u"NETWORK"_s, u">AGE"_s, u"REASON"_s});
    for (const QJsonValue &item : *items) {
        const QJsonObject sandbox = item.toObject();
        if (context.json()) {
            context.printLine(sandbox);
            continue;
        }
        table.add({sandbox[u"id"_s].toString(), sandbox[u"state"_s].toString(),
                   sandbox[u"image"_s].toString(), sandbox[u"network"_s].toString(),
                   humanAge(sandbox[u"create_time"_s].toString()),
                   sandbox[u"reason"_s].toString()});
    }
    if (!context.json())
        context.print(items->isEmpty() ? u"No sandboxes.\n"_s : table.text());
    return exitcode::done;
}

} // namespace

CommandSpec sandboxLsCommand()
{
    return {.path = {u"sandbox"_s, u"ls"_s},
            .summary = u"List the sandboxes of the running engine."_s,
            .text = u"Shows those that start or run; --all shows stopped and deleted ones too."_s,
            .flags = {{u"--all"_s, Kind::Switch, {}, u"in every state"_s, {}, false, u"-a"_s},
                      {u"--state"_s,
                       Kind::Choice,
                       {},
                       u"in this state only"_s,
                       {u"pending"_s, u"running"_s, u"stopped"_s, u"deleted"_s}},
                      {u"--image"_s, Kind::Text, u"IMAGE"_s, u"of this image only"_s},
                      dataFlag()},
            .examples = {u"quarry sandbox ls --all"_s},
            .run = run};
}

} // namespace quarry::cli
