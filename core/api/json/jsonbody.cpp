// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json/jsonbody.h"

#include "api/json/jsontext.h"

#include <QJsonDocument>
#include <QPointer>
#include <QThreadPool>

namespace quarry::api {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype parsedHere = 256 * 1024;

} // namespace

http::Fields jsonFields()
{
    return {{"Content-Type", "application/json"}};
}

Result<QJsonObject> parseObject(const QByteArray &body, int depth)
{
    if (body.trimmed().isEmpty())
        return QJsonObject();
    if (nestsDeeper(body, depth))
        return Error{
            ErrorCode::InvalidArgument, u"body: nested deeper than %1 levels"_s.arg(depth), {}};
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(body, &fault);
    if (fault.error != QJsonParseError::NoError)
        return Error{ErrorCode::InvalidArgument,
                     u"body: not JSON (%1 at byte %2)"_s.arg(fault.errorString()).arg(fault.offset),
                     {}};
    if (!document.isObject())
        return Error{ErrorCode::InvalidArgument, u"body: must be a JSON object"_s, {}};
    return document.object();
}

namespace {

void parseElsewhere(http::ExchangePtr exchange, int depth, ObjectHandler done, QByteArray bytes)
{
    QThreadPool::globalInstance()->start([exchange = std::move(exchange), depth,
                                          done = std::move(done),
                                          bytes = std::move(bytes)]() mutable {
        Result<QJsonObject> parsed = parseObject(bytes, depth);
        // Both pointers go back to the exchange's thread, and end there.
        http::Exchange *target = exchange.get();
        QMetaObject::invokeMethod(
            target,
            [exchange = std::move(exchange), done = std::move(done), parsed = std::move(parsed)] {
                done(parsed);
            },
            Qt::QueuedConnection);
    });
}

} // namespace

void readObject(const http::ExchangePtr &exchange, int depth, ObjectHandler done, qint64 maxBytes)
{
    exchange->readBody(maxBytes,
                       [exchange, depth, done = std::move(done)](Result<QByteArray> body) {
                           if (!body)
                               return;
                           if (body->size() <= parsedHere)
                               done(parseObject(*body, depth));
                           else
                               parseElsewhere(exchange, depth, done, std::move(*body));
                       });
}

} // namespace quarry::api
