// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry sandbox sweep
#include "cli/arguments.h"
#include "cli/configuration.h"
#include "cli/context.h"
#include "cli/engineclient.h"
#include "service/runsweeper.h"
#include "service/signalwatch.h"
#include "cli/table.h"
#include "commands/commands.h"
#include "runtime/bubblewrap/bubblewrapruntime.h"

#include <QEventLoop>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

Result<QStringList> sweepByEngine(client::Client &engine, bool dryRun)
{
    const Result<QJsonObject> answer = engine.post(u"/sandboxes/sweep"_s, {{u"dry_run"_s, dryRun}});
    if (!answer)
        return answer.error();
    QStringList items;
    for (const QJsonValue &item : answer->value("items"_L1).toArray())
        items << item.toString();
    return items;
}

// Only looks: an engine would tidy up as soon as it opens.
Result<QStringList> lookOurselves(const service::Settings &settings)
{
    QStringList found;
    for (const QString &folder : service::deadRunFolders(settings.dataFolder))
        found << u"folder %1 of a program that has ended"_s.arg(folder);
    runtime::BubblewrapRuntime runtime({settings.dataFolder, settings.engine.programFolder,
                                        settings.engine.uidRange.first,
                                        settings.engine.uidRange.second});
    QEventLoop loop;
    Result<void> result;
    runtime.sweep(true, [&](const Result<runtime::SweepReport> &report) {
        if (report)
            found << report->items;
        else
            result = report.error();
        loop.quit();
    });
    loop.exec();
    return result ? Result<QStringList>(found) : Result<QStringList>(result.error());
}

// Opening an engine recovers the data folder; closing it lets the folder go.
Result<QStringList> sweepOurselves(const service::Settings &settings)
{
    QStringList items;
    Result<void> result;
    QEventLoop loop;
    engine::Engine engine(settings.engine);
    const auto close = [&] {
        engine.close([&](const Result<void> &closed) {
            if (!closed && result)
                result = closed;
            loop.quit();
        });
    };
    engine.open([&](const Result<QString> &recovered) {
        if (!recovered) {
            result = recovered.error();
            loop.quit();
            return;
        }
        items = recovered->split(u'\n', Qt::SkipEmptyParts);
        engine.sandboxes().sweep(false, [&](const Result<QStringList> &swept) {
            if (swept)
                items << *swept;
            else
                result = swept.error();
            close();
        });
    });
    loop.exec();
    return result ? Result<QStringList>(items) : Result<QStringList>(result.error());
}

QStringList sweepRunFolders(const service::Settings &settings)
{
    QStringList items;
    QEventLoop loop;
    service::RunSweeper sweeper(settings);
    sweeper.start([&](const QStringList &removed) {
        items = removed;
        loop.quit();
    });
    loop.exec();
    return items;
}

Result<QStringList> sweep(Context &context, const Arguments &arguments, bool dryRun)
{
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return engine.error();
    if (engine->engineRuns())
        return sweepByEngine(*engine, dryRun);
    const Result<config::Config> config = loadConfiguration(arguments);
    if (!config)
        return config.error();
    const Result<service::Settings> settings = service::settingsOf(*config);
    if (!settings)
        return settings.error();
    if (dryRun)
        return lookOurselves(*settings);
    const QStringList folders = sweepRunFolders(*settings);
    const Result<QStringList> rest = sweepOurselves(*settings);
    return rest ? Result<QStringList>(folders + *rest) : rest;
}

int run(Context &context, const Arguments &arguments)
{
    const bool dryRun = arguments.has(u"--dry-run"_s);
    const Result<QStringList> items = sweep(context, arguments, dryRun);
    if (!items)
        return context.fail(items.error());
    if (context.json()) {
        context.done({{u"dry_run"_s, dryRun}, {u"items"_s, QJsonArray::fromStringList(*items)}});
        return exitcode::done;
    }
    QString text = items->isEmpty() ? u"Nothing to sweep.\n"_s : QString();
    for (const QString &item : *items)
        text += tame(item) + u'\n';
    context.print(text);
    return exitcode::done;
}

} // namespace

CommandSpec sandboxSweepCommand()
{
    return {.path = {u"sandbox"_s, u"sweep"_s},
            .summary = u"Remove what dead programs left: processes, mounts, cgroups, folders."_s,
            .text
            = u"Every start of a program does this too. Works with and without a running engine."_s,
            .flags
            = {{u"--dry-run"_s, Kind::Switch, {}, u"only say what there is"_s, {}, false, u"-n"_s},
               dataFlag()},
            .examples = {u"quarry sandbox sweep --dry-run"_s},
            .run = run};
}

} // namespace quarry::cli
