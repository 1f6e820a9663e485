// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry image ls, show
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/engineclient.h"
#include "cli/table.h"
#include "commands/commands.h"
#include "commands/images.h"

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

Result<QJsonArray> images(Context &context, const Arguments &arguments)
{
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return engine.error();
    if (engine->engineRuns())
        return allItems(*engine, u"/images"_s, {});
    const Result<QJsonObject> own = withOwnImages(
        context, arguments, [](engine::ImageService &service, Callback<QJsonObject> done) {
            service.list([done = std::move(done)](const Result<QList<engine::ImageInfo>> &list) {
                if (!list) {
                    done(list.error());
                    return;
                }
                QJsonArray items;
                for (const engine::ImageInfo &image : *list)
                    items << toJson(image);
                done(QJsonObject{{u"items"_s, items}});
            });
            return engine::ImageService::Cancel();
        });
    if (!own)
        return own.error();
    return own->value("items"_L1).toArray();
}

Result<QJsonObject> image(Context &context, const Arguments &arguments)
{
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return engine.error();
    const QString name = arguments.word(0);
    if (engine->engineRuns())
        return engine->get(u"/images/show"_s, {{u"name"_s, name}});
    return withOwnImages(
        context, arguments, [name](engine::ImageService &service, Callback<QJsonObject> done) {
            service.show(name, [done = std::move(done)](const Result<engine::ImageInfo> &info) {
                done(info ? Result<QJsonObject>(toJson(*info)) : Result<QJsonObject>(info.error()));
            });
            return engine::ImageService::Cancel();
        });
}

QString sizeText(const QJsonObject &entry)
{
    const double bytes = entry[u"bytes"_s].toDouble();
    return bytes > 0 ? humanSize(bytes) : QString();
}

int list(Context &context, const Arguments &arguments)
{
    const Result<QJsonArray> items = images(context, arguments);
    if (!items)
        return context.fail(items.error());
    Table table({u"NAME"_s, u">SIZE"_s, u">AGE"_s, u"SERVED BY"_s, u"SOURCE"_s});
    for (const QJsonValue &item : *items) {
        const QJsonObject entry = item.toObject();
        if (context.json())
            context.printLine(entry);
        table.add({entry[u"name"_s].toString(), sizeText(entry),
                   humanAge(entry[u"created"_s].toString()), entry[u"served_by"_s].toString(),
                   entry[u"source"_s].toString()});
    }
    if (!context.json())
        context.print(table.text());
    return exitcode::done;
}

int show(Context &context, const Arguments &arguments)
{
    const Result<QJsonObject> found = image(context, arguments);
    if (!found)
        return context.fail(found.error());
    if (context.json()) {
        context.printLine(*found);
        return exitcode::done;
    }
    context.print(nameValueLines({{u"name"_s, found->value("name"_L1).toString()},
                                  {u"served by"_s, found->value("served_by"_L1).toString()},
                                  {u"source"_s, found->value("source"_L1).toString()},
                                  {u"size"_s, sizeText(*found)},
                                  {u"created"_s, found->value("created"_L1).toString()}}));
    return exitcode::done;
}

} // namespace

CommandSpec imageLsCommand()
{
    return {.path = {u"image"_s, u"ls"_s},
            .summary = u"List the images, and what really serves each name."_s,
            .flags = {dataFlag()},
            .examples = {u"quarry image ls"_s},
            .run = list};
}

CommandSpec imageShowCommand()
{
    return {.path = {u"image"_s, u"show"_s},
            .summary = u"Show one image."_s,
            .flags = {dataFlag()},
            .words = {{u"NAME"_s}},
            .examples = {u"quarry image show python:3.11"_s},
            .run = show};
}

} // namespace quarry::cli
