// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the handlers of the sandbox API get at their parameters.
#pragma once

#include "api/common/fieldhandler.h"
#include "api/common/sandboxid.h"
#include "api/rock/envelope.h"

namespace quarry::api::rock {

// A handler of the JSON body's fields. A body that is not a JSON object has been refused before.
http::Handler withBody(const ContextPtr &context, FieldHandler handler);

// Answers "invalid parameter" when a field is at fault.
bool refused(const http::ExchangePtr &exchange, const FieldReader &fields);

} // namespace quarry::api::rock
