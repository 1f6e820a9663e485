// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// JSON bodies of requests and answers.
#pragma once

#include "base/result.h"
#include "http/exchange.h"

#include <QJsonObject>

namespace quarry::api {

// The header fields of an answer in JSON.
http::Fields jsonFields();

// Checks the depth, parses. An empty body is an empty object. InvalidArgument names what is wrong.
Result<QJsonObject> parseObject(const QByteArray &body, int depth);

using ObjectHandler = std::function<void(Result<QJsonObject>)>;

// Reads and parses the body; long ones are parsed off this thread. DONE does not come when the body
// did not: the client has been answered then. `maxBytes` 0: the server's limit.
void readObject(const http::ExchangePtr &exchange, int depth, ObjectHandler done,
                qint64 maxBytes = 0);

} // namespace quarry::api
