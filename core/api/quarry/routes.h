// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The routes of Quarry's own API, below /api/quarry/v1, and the few at the root.
#pragma once

#include "api/common/context.h"
#include "http/router.h"

namespace quarry::api::own {

// "/api/quarry/v1" + PATH
QString below(const char16_t *path);

void addInfoRoutes(http::Router &router, const ContextPtr &context);
void addSandboxRoutes(http::Router &router, const ContextPtr &context);
void addFileRoutes(http::Router &router, const ContextPtr &context);
void addExecRoute(http::Router &router, const ContextPtr &context);
void addSessionRoutes(http::Router &router, const ContextPtr &context);
void addTerminalRoutes(http::Router &router, const ContextPtr &context);
void addImageRoutes(http::Router &router, const ContextPtr &context);

} // namespace quarry::api::own
