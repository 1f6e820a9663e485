// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the handlers of the sandbox API get at their parameters.
#pragma once

#include "api/common/context.h"
#include "api/json/fieldreader.h"
#include "api/rock/envelope.h"
#include "http/exchange.h"

#include <functional>

namespace quarry::api::rock {

using FieldHandler
    = std::function<void(const ContextPtr &, const http::ExchangePtr &, FieldReader &)>;

// A handler that is given the fields of the JSON body, of the query, or none. A body that is not a
// JSON object has been refused before. The handler itself refuses faulty fields.
http::Handler withBody(const ContextPtr &context, FieldHandler handler);
http::Handler withQuery(const ContextPtr &context, FieldHandler handler);

// The sandbox's id from field "sandbox_id", else from the path.
QString sandboxId(const http::ExchangePtr &exchange, FieldReader &fields);

// Answers "invalid parameter" when a field is at fault.
bool refused(const http::ExchangePtr &exchange, const FieldReader &fields);

} // namespace quarry::api::rock
