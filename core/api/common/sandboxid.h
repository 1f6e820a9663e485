// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which sandbox a call is about. Asking notes it as the call's subject, for whoever observes the
// server.
#pragma once

#include "api/json/fieldreader.h"
#include "http/exchange.h"

namespace quarry::api {

// "{id}" of the path.
QString sandboxId(const http::ExchangePtr &exchange);
// That, or else the field "sandbox_id".
QString sandboxId(const http::ExchangePtr &exchange, FieldReader &fields);

} // namespace quarry::api
