// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/rock/call.h"

namespace quarry::api::rock {

http::Handler withBody(const ContextPtr &context, FieldHandler handler)
{
    return api::withBody(context, std::move(handler),
                         [](const http::ExchangePtr &exchange, const Error &error) {
                             refuse(exchange, error.message);
                         });
}

bool refused(const http::ExchangePtr &exchange, const FieldReader &fields)
{
    if (fields.good())
        return false;
    refuse(exchange, fields.faults());
    return true;
}

} // namespace quarry::api::rock
