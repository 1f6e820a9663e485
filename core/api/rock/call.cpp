// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/rock/call.h"

namespace quarry::api::rock {

using namespace Qt::StringLiterals;

http::Handler withBody(const ContextPtr &context, FieldHandler handler)
{
    return api::withBody(context, std::move(handler),
                         [](const http::ExchangePtr &exchange, const Error &error) {
                             refuse(exchange, error.message);
                         });
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
