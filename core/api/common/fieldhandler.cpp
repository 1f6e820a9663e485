// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/common/fieldhandler.h"

#include "api/common/sandboxid.h"
#include "api/json/jsonbody.h"

namespace quarry::api {

http::Handler withBody(const ContextPtr &context, FieldHandler handler,
                       std::function<void(const http::ExchangePtr &, const Error &)> refuse)
{
    return [context, handler = std::move(handler),
            refuse = std::move(refuse)](const http::ExchangePtr &exchange) {
        sandboxId(exchange); // noted also when the body is refused
        readObject(exchange, context->settings.jsonDepth,
                   [context, exchange, handler, refuse](const Result<QJsonObject> &body) {
                       if (!body) {
                           refuse(exchange, body.error());
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
        sandboxId(exchange);
        FieldReader fields = FieldReader::ofQuery(exchange->request().query);
        handler(context, exchange, fields);
    };
}

} // namespace quarry::api
