// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Handlers that are given the fields of a request.
#pragma once

#include "api/common/context.h"
#include "api/json/fieldreader.h"
#include "http/exchange.h"

#include <functional>

namespace quarry::api {

// Refuses faulty fields itself.
using FieldHandler
    = std::function<void(const ContextPtr &, const http::ExchangePtr &, FieldReader &)>;

// The fields of the JSON body; a body that is not a JSON object is answered by REFUSE instead.
http::Handler withBody(const ContextPtr &context, FieldHandler handler,
                       std::function<void(const http::ExchangePtr &, const Error &)> refuse);
http::Handler withQuery(const ContextPtr &context, FieldHandler handler);

} // namespace quarry::api
