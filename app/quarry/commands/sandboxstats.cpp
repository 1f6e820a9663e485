// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry sandbox stats
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/engineclient.h"
#include "cli/table.h"
#include "commands/commands.h"

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

QString percent(const QJsonValue &value)
{
    return QString::number(value.toDouble(), 'f', 1) + u" %"_s;
}

Result<QStringList> runningIds(client::Client &engine)
{
    const Result<QJsonArray> items
        = allItems(engine, u"/sandboxes"_s, {{u"state"_s, u"running"_s}});
    if (!items)
        return items.error();
    QStringList ids;
    for (const QJsonValue &item : *items)
        ids << item["id"_L1].toString();
    return ids;
}

int run(Context &context, const Arguments &arguments)
{
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return context.fail(engine.error());
    const bool all = arguments.word(0).isEmpty();
    const Result<QStringList> ids
        = all ? runningIds(*engine) : Result<QStringList>(QStringList{arguments.word(0)});
    if (!ids)
        return context.fail(ids.error());
    Table table({u"ID"_s, u">CPU"_s, u">MEMORY"_s, u">OF ITS LIMIT"_s, u">DISK"_s, u">NETWORK"_s,
                 u">PROCESSES"_s});
    for (const QString &id : *ids) {
        Result<QJsonObject> figures = engine->get(sandboxPath(id, u"/statistics"_s));
        const bool gone = !figures
            && (figures.error().code == ErrorCode::NotFound
                || figures.error().code == ErrorCode::WrongState);
        if (all && gone)
            continue; // it ended meanwhile
        if (!figures)
            return context.fail(figures.error());
        if (context.json()) {
            figures->insert(u"id"_s, id);
            context.printLine(*figures);
            continue;
        }
        const QJsonObject &f = *figures;
        table.add({id, percent(f[u"cpu"_s]), humanSize(f[u"memory_bytes"_s].toDouble()),
                   percent(f[u"memory"_s]), humanSize(f[u"disk_bytes"_s].toDouble()),
                   humanSize(f[u"network_bytes"_s].toDouble()),
                   QString::number(f[u"processes"_s].toInt())});
    }
    if (!context.json())
        context.print(ids->isEmpty() ? u"No running sandboxes.\n"_s : table.text());
    return exitcode::done;
}

} // namespace

CommandSpec sandboxStatsCommand()
{
    return {.path = {u"sandbox"_s, u"stats"_s},
            .summary = u"Show what running sandboxes use."_s,
            .text = u"CPU and memory are percent of the sandbox's own limits."_s,
            .flags = {dataFlag()},
            .words = {{u"ID"_s, true}},
            .examples = {u"quarry sandbox stats"_s, u"quarry sandbox stats my-box --json"_s},
            .run = run};
}

} // namespace quarry::cli
