// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/common/answers.h"

#include "api/json/jsonbody.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace quarry::api::own {

using namespace Qt::StringLiterals;

int statusOf(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidArgument:
    case ErrorCode::Unsupported:
        return 400;
    case ErrorCode::PermissionDenied:
        return 403;
    case ErrorCode::NotFound:
        return 404;
    case ErrorCode::AlreadyExists:
    case ErrorCode::WrongState:
        return 409;
    case ErrorCode::LimitExceeded:
        return 429;
    case ErrorCode::NoSpace:
        return 507;
    case ErrorCode::Timeout:
    case ErrorCode::Cancelled:
    case ErrorCode::ConnectionLost:
        return 503;
    case ErrorCode::CommandFailed:
    case ErrorCode::Io:
    case ErrorCode::Internal:
        break;
    }
    return 500;
}

void respond(const http::ExchangePtr &exchange, const QJsonObject &object, int status)
{
    exchange->respond(status, jsonFields(), QJsonDocument(object).toJson(QJsonDocument::Compact));
}

void respondError(const http::ExchangePtr &exchange, const Error &error)
{
    respond(exchange,
            {{u"detail"_s, error.message},
             {u"code"_s, toString(error.code)},
             {u"details"_s, error.details}},
            statusOf(error.code));
}

QJsonObject listObject(const QJsonArray &items, qsizetype total, bool hasMore)
{
    return {{u"items"_s, items}, {u"total"_s, total}, {u"has_more"_s, hasMore}};
}

http::Handler withBody(const ContextPtr &context, FieldHandler handler)
{
    return api::withBody(context, std::move(handler), respondError);
}

bool refused(const http::ExchangePtr &exchange, const FieldReader &fields)
{
    if (fields.good())
        return false;
    respondError(exchange, Error{ErrorCode::InvalidArgument, fields.faults(), {}});
    return true;
}

void keepAlive(const http::ExchangePtr &exchange)
{
    exchange->keepAlive(std::chrono::seconds(20), std::chrono::seconds(15), jsonFields());
}

} // namespace quarry::api::own
