// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The envelope of ROCK's sandbox API: every answer is HTTP 200 with status, message, error, result.
#pragma once

#include "base/error.h"
#include "http/exchange.h"

#include <QJsonObject>

#include <optional>

namespace quarry::api::rock {

// The codes that the SDK knows.
enum class Code { Ok = 2000, BadRequest = 4000, Server = 5000, Command = 6000 };
Code codeOf(ErrorCode code);

// The answers as text. RESULT is JSON.
QByteArray successText(const QByteArray &result);
// RESULT's own members stand beside code, exit_code and failure_reason.
QByteArray failureText(Code code, const QString &error, const QString &message = {},
                       const QJsonObject &result = {});

void succeed(const http::ExchangePtr &exchange, const QJsonValue &result);
void fail(const http::ExchangePtr &exchange, const Error &error, const QJsonObject &result = {});
void fail(const http::ExchangePtr &exchange, Code code, const QString &error,
          const QJsonObject &result = {});
// "invalid parameter"; FAULTS names every field.
void refuse(const http::ExchangePtr &exchange, const QString &faults,
            const QJsonObject &result = {});

// For calls that may take long: headers early and a space now and then. LIMIT: the seconds after
// which the client gives up when it hears nothing; none: the SDK's own 300.
void keepAlive(const http::ExchangePtr &exchange, std::optional<double> limit = {});

// What a call may take so that its answer is there before the client's LIMIT is over.
double shortened(double limit);

} // namespace quarry::api::rock
