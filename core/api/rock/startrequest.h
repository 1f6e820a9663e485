// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The parameters of /start and /start_async.
#pragma once

#include "api/json/fieldreader.h"
#include "http/message/request.h"
#include "sandbox/sandboxinfo.h"

#include <QString>

namespace quarry::api::rock {

// What is at fault is remembered in FIELDS.
sandbox::SandboxRequest startRequest(FieldReader &fields, const http::Request &request);

} // namespace quarry::api::rock
