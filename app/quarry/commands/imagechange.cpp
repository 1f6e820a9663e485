// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry image import, export, rm
#include "cli/arguments.h"
#include "cli/context.h"
#include "cli/engineclient.h"
#include "cli/progress.h"
#include "commands/commands.h"
#include "commands/images.h"

#include <QFileInfo>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

// Long work of the engine: progress, then "done" or "error".
Result<QJsonObject> follow(client::Client &engine, const QString &path, const QJsonObject &body,
                           Progress &progress)
{
    Result<QJsonObject> result
        = Error{ErrorCode::ConnectionLost, u"The engine went away before it was done."_s, {}};
    const Result<void> read = engine.events(path, body, [&](const QJsonObject &event) {
        const QString kind = event.value("event"_L1).toString();
        if (kind == "progress"_L1)
            progress.bytes(event.value("bytes_done"_L1).toInteger(),
                           event.value("bytes_total"_L1).toInteger());
        else if (kind == "done"_L1)
            result = event.value("image"_L1).toObject();
        else if (kind == "error"_L1)
            result = client::errorFromJson(event);
    });
    return read ? result : Result<QJsonObject>(read.error());
}

engine::ImageService::Progress progressOf(Progress &progress)
{
    return [&progress](const engine::ImageProgress &at) {
        progress.bytes(at.bytesDone, at.bytesTotal);
    };
}

int importFrom(Context &context, const Arguments &arguments)
{
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return context.fail(engine.error());
    const QFileInfo source(arguments.word(0));
    if (!source.exists())
        return context.fail({ErrorCode::NotFound, u"There is no %1."_s.arg(arguments.word(0)), {}});
    const QString path = source.absoluteFilePath();
    const QString name = arguments.word(1);
    Result<QJsonObject> result = QJsonObject();
    {
        Progress progress(context, u"Importing "_s + name);
        if (engine->engineRuns())
            result = follow(*engine, u"/images/import"_s, {{u"path"_s, path}, {u"name"_s, name}},
                            progress);
        else
            result = withOwnImages(
                context, arguments,
                [&](engine::ImageService &service, const Callback<QJsonObject> &done) {
                    return service.importFrom(path, name, progressOf(progress),
                                              [done](const Result<engine::ImageInfo> &info) {
                                                  done(info ? Result<QJsonObject>(toJson(*info))
                                                            : Result<QJsonObject>(info.error()));
                                              });
                });
    }
    return finishImage(context, result);
}

int exportTo(Context &context, const Arguments &arguments)
{
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return context.fail(engine.error());
    const QString name = arguments.word(0);
    const QString path = QFileInfo(arguments.word(1)).absoluteFilePath();
    Result<QJsonObject> result = QJsonObject();
    {
        Progress progress(context, u"Exporting "_s + name);
        if (engine->engineRuns())
            result = follow(*engine, u"/images/export"_s, {{u"name"_s, name}, {u"path"_s, path}},
                            progress);
        else
            result = withOwnImages(
                context, arguments,
                [&](engine::ImageService &service, const Callback<QJsonObject> &done) {
                    return service.exportTo(
                        name, path, progressOf(progress), [done](const Result<void> &written) {
                            done(written ? Result<QJsonObject>(QJsonObject())
                                         : Result<QJsonObject>(written.error()));
                        });
                });
    }
    return finishImage(context, result);
}

int remove(Context &context, const Arguments &arguments)
{
    Result<client::Client> engine = engineClient(arguments, context);
    if (!engine)
        return context.fail(engine.error());
    const QString name = arguments.word(0);
    if (engine->engineRuns())
        return finishImage(context, engine->remove(u"/images"_s, {{u"name"_s, name}}));
    const auto call = [&](engine::ImageService &service, const Callback<QJsonObject> &done) {
        service.remove(name, [done](const Result<void> &removed) {
            done(removed ? Result<QJsonObject>(QJsonObject())
                         : Result<QJsonObject>(removed.error()));
        });
        return engine::ImageService::Cancel();
    };
    return finishImage(context, withOwnImages(context, arguments, call));
}

} // namespace

CommandSpec imageImportCommand()
{
    return {.path = {u"image"_s, u"import"_s},
            .summary = u"Make an image of a folder or a tar file."_s,
            .text = u"PATH holds a root file system, or is an OCI or docker archive. An archive "
                    u"that reaches outside "
                    "itself is refused; device nodes below dev/ are left out."_s,
            .flags = {dataFlag()},
            .words = {{u"PATH"_s}, {u"NAME"_s}},
            .examples = {u"quarry image import bookworm.tar.zst debian:mine"_s},
            .run = importFrom};
}

CommandSpec imageExportCommand()
{
    return {.path = {u"image"_s, u"export"_s},
            .summary = u"Write an image to a tar file."_s,
            .flags = {dataFlag()},
            .words = {{u"NAME"_s}, {u"PATH"_s}},
            .examples = {u"quarry image export tools:1 tools.tar"_s},
            .run = exportTo};
}

CommandSpec imageRmCommand()
{
    return {.path = {u"image"_s, u"rm"_s},
            .summary = u"Remove an image that nothing stands on."_s,
            .flags = {dataFlag()},
            .words = {{u"NAME"_s}},
            .examples = {u"quarry image rm tools:1"_s},
            .run = remove};
}

} // namespace quarry::cli
