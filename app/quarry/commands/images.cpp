// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/images.h"

#include "base/clock.h"
#include "cli/arguments.h"
#include "cli/configuration.h"
#include "cli/context.h"
#include "cli/localengine.h"
#include "service/signalwatch.h"

#include <QEventLoop>

namespace quarry::cli {

using namespace Qt::StringLiterals;

Result<QJsonObject> withOwnImages(Context &context, const Arguments &arguments,
                                  const ImageCall &call)
{
    const Result<config::Config> config = loadConfiguration(arguments);
    if (!config)
        return config.error();
    const Result<service::Settings> settings = service::settingsOf(*config);
    if (!settings)
        return settings.error();
    LocalEngine local(*settings);
    QEventLoop loop;
    Result<QJsonObject> result = Error{ErrorCode::Cancelled, u"Interrupted."_s, {}};
    const auto finish = [&](Result<QJsonObject> answer) {
        result = std::move(answer);
        local.close([&loop] { loop.quit(); });
    };
    engine::ImageService::Cancel cancel;
    QObject::connect(&context.signalWatch(), &service::SignalWatch::interrupted, &loop, [&] {
        if (cancel)
            cancel(); // its answer follows
        else
            finish(Error{ErrorCode::Cancelled, u"Interrupted."_s, {}});
    });
    local.open([&](const Result<void> &opened) {
        if (context.signalWatch().received() != 0)
            return;
        if (opened)
            cancel = call(local.engine().images(), finish);
        else
            finish(opened.error());
    });
    loop.exec();
    return result;
}

int finishImage(Context &context, const Result<QJsonObject> &result)
{
    if (!result)
        return context.fail(result.error());
    context.done(result->isEmpty() ? QJsonObject() : QJsonObject{{u"image"_s, *result}});
    return exitcode::done;
}

QJsonObject toJson(const engine::ImageInfo &image)
{
    QJsonObject out{{u"name"_s, image.name},
                    {u"served_by"_s, image.servedBy},
                    {u"source"_s, image.source},
                    {u"bytes"_s, image.bytes}};
    out[u"created"_s]
        = image.created.isValid() ? QJsonValue(toRfc3339(image.created)) : QJsonValue();
    return out;
}

} // namespace quarry::cli
