// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry sandbox show
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/engineclient.h"
#include "cli/table.h"
#include "commands/commands.h"

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

QString limitText(const QString &name, const QJsonObject &limit)
{
    const double effective = limit[u"effective"_s].toDouble();
    const bool size = name == "memory"_L1 || name == "disk"_L1;
    QString text = size ? humanSize(effective) : QString::number(effective);
    if (!limit[u"enforced"_s].toBool())
        text += u", not enforced"_s;
    const QString reason = limit[u"reason"_s].toString();
    return reason.isEmpty() ? text : text + u" ("_s + reason + u')';
}

QString forPeople(const QJsonObject &sandbox)
{
    QList<QPair<QString, QString>> entries;
    for (const char *key : {"id", "state", "reason", "image", "served_by", "network", "user_id",
                            "experiment_id", "namespace", "create_time", "start_time", "stop_time",
                            "auto_stop_time", "auto_delete_time"}) {
        const QString name = QString::fromLatin1(key);
        entries << qMakePair(name, sandbox[name].toString());
    }
    const QJsonObject limits = sandbox[u"limits"_s].toObject();
    for (auto it = limits.begin(); it != limits.end(); ++it)
        entries << qMakePair(it.key(), limitText(it.key(), it.value().toObject()));
    QString out = nameValueLines(entries);
    Table history({u"TIME"_s, u"STATE"_s, u"EVENT"_s});
    for (const QJsonValue &entry : sandbox[u"history"_s].toArray())
        history.add({entry["timestamp"_L1].toString(), entry["to_state"_L1].toString(),
                     entry["event"_L1].toString()});
    return out + u'\n' + history.text();
}

int run(Context &context, const Arguments &arguments)
{
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return context.fail(engine.error());
    const Result<QJsonObject> sandbox = engine->get(sandboxPath(arguments.word(0)));
    if (!sandbox)
        return context.fail(sandbox.error());
    if (context.json())
        context.printLine(*sandbox);
    else
        context.print(forPeople(*sandbox));
    return exitcode::done;
}

} // namespace

CommandSpec sandboxShowCommand()
{
    return {.path = {u"sandbox"_s, u"show"_s},
            .summary = u"Show one sandbox: state, limits, times, history."_s,
            .flags = {dataFlag()},
            .words = {{u"ID"_s}},
            .examples = {u"quarry sandbox show my-box"_s},
            .run = run};
}

} // namespace quarry::cli
