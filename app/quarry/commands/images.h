// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The images of a data folder: through its running engine, or by an engine of our own without one.
#pragma once

#include "base/result.h"
#include "engine/imageservice.h"

#include <QJsonArray>
#include <QJsonObject>

#include <functional>

namespace quarry::cli {

class Arguments;
class Context;

// Makes CALL with a service of our own and waits for its answer; what CALL returns cancels it.
using ImageCall
    = std::function<engine::ImageService::Cancel(engine::ImageService &, Callback<QJsonObject>)>;
Result<QJsonObject> withOwnImages(Context &context, const Arguments &arguments,
                                  const ImageCall &call);

// The end of a command: tells the error, or that it is done.
int finishImage(Context &context, const Result<QJsonObject> &result);

QJsonObject toJson(const engine::ImageInfo &image);

} // namespace quarry::cli
