// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/rock/call.h"

#include "api/json/jsonbody.h"

namespace quarry::api::rock {

using namespace Qt::StringLiterals;

http::Handler withBody(const ContextPtr &context, FieldHandler handler)
{
    return [context, handler = std::move(handler)](const http::ExchangePtr &exchange) {
        readObject(exchange, context->settings.jsonDepth,
                   [context, exchange, handler](Result<QJsonObject> body) {
                       if (!body) {
                           refuse(exchange, body.error().message);
                           return;
                       }
                       FieldReader fields(*body);
                       handler(context, exchange, fields);
                   });
    };
}

http::Handler withQuery(const ContextPtr &context, FieldHandler handler)
{
    return [context, handler = std::move(handler)](const http::ExchangePtr &exchange) {
        FieldReader fields = FieldReader::ofQuery(exchange->request().query);
        handler(context, exchange, fields);
    };
}

QString sandboxId(const http::ExchangePtr &exchange, FieldReader &fields)
{
    const QString inPath = exchange->pathParam(u"id"_s);
    return inPath.isEmpty() ? fields.name(u"sandbox_id"_s) : inPath;
}

bool refused(const http::ExchangePtr &exchange, const FieldReader &fields)
{
    if (fields.good())
        return false;
    refuse(exchange, fields.faults());
    return true;
}

} // namespace quarry::api::rock
