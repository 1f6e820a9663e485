// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/rock/envelope.h"

#include "api/json/jsonbody.h"
#include "api/json/jsontext.h"

#include <algorithm>

namespace quarry::api::rock {

using namespace Qt::StringLiterals;

Code codeOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
    case ErrorCode::NotFound:
    case ErrorCode::AlreadyExists:
    case ErrorCode::WrongState:
    case ErrorCode::PermissionDenied:
    case ErrorCode::LimitExceeded:
    case ErrorCode::Unsupported:
        return Code::BadRequest;
    case ErrorCode::Timeout:
    case ErrorCode::CommandFailed:
        return Code::Command;
    case ErrorCode::NoSpace:
    case ErrorCode::Cancelled:
    case ErrorCode::ConnectionLost:
    case ErrorCode::Io:
    case ErrorCode::Internal:
        break;
    }
    return Code::Server;
}

QByteArray successText(const QByteArray &result)
{
    return R"({"status":"Success","message":null,"error":null,"result":)" + result + '}';
}

QByteArray failureText(Code code, const QString &error, const QString &message,
                       const QJsonObject &result)
{
    QJsonObject whole = result;
    whole.insert(u"code"_s, int(code));
    if (!whole.contains(u"exit_code"_s))
        whole.insert(u"exit_code"_s, QJsonValue());
    if (!whole.contains(u"failure_reason"_s))
        whole.insert(u"failure_reason"_s, error);
    return R"({"status":"Failed","message":)"
        + (message.isEmpty() ? QByteArray("null") : quoted(message)) + R"(,"error":)"
        + quoted(error) + R"(,"result":)" + toJson(whole) + '}';
}

void succeed(const http::ExchangePtr &exchange, const QJsonValue &result)
{
    exchange->respond(200, jsonFields(), successText(toJson(result)));
}

void fail(const http::ExchangePtr &exchange, Code code, const QString &error,
          const QJsonObject &result)
{
    exchange->respond(200, jsonFields(), failureText(code, error, {}, result));
}

void fail(const http::ExchangePtr &exchange, const Error &error, const QJsonObject &result)
{
    fail(exchange, codeOf(error.code), error.message, result);
}

void refuse(const http::ExchangePtr &exchange, const QString &faults, const QJsonObject &result)
{
    exchange->respond(200, jsonFields(),
                      failureText(Code::BadRequest, faults, u"invalid parameter"_s, result));
}

void keepAlive(const http::ExchangePtr &exchange, std::optional<double> limit)
{
    using std::chrono::milliseconds;
    const double seconds = std::clamp(limit.value_or(300.0), 0.3, 300.0);
    exchange->keepAlive(milliseconds(qint64(std::min(2000.0, seconds * 300))),
                        milliseconds(qint64(std::min(15'000.0, seconds * 300))), jsonFields());
}

double shortened(double limit)
{
    return limit - std::min(0.5, limit * 0.15);
}

} // namespace quarry::api::rock
