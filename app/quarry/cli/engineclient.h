// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The client of the engine that a call means.
#pragma once

#include "base/result.h"
#include "client/client.h"

#include <QJsonArray>

namespace quarry::cli {

class Arguments;
class Context;

// By --data, else by the configuration.
Result<client::Client> engineClient(const Arguments &arguments, Context &context);

// All items of a list, page after page.
Result<QJsonArray> allItems(client::Client &engine, const QString &path, client::Query query);

// "/sandboxes/ID" with REST behind it.
QString sandboxPath(const QString &id, const QString &rest = {});

// Waits until the sandbox is no longer pending. The error of one that failed says why.
Result<QJsonObject> awaitSandbox(client::Client &engine, const QString &id, Context &context);

} // namespace quarry::cli
