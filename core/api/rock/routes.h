// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The routes of ROCK's sandbox API, below /apis/envs/sandbox/v1.
#pragma once

#include "api/common/context.h"
#include "http/router.h"

namespace quarry::api::rock {

// "/apis/envs/sandbox/v1" + PATH
QString below(const char16_t *path);

void addLifecycleRoutes(http::Router &router, const ContextPtr &context);
void addListRoutes(http::Router &router, const ContextPtr &context);
void addCommitRoutes(http::Router &router, const ContextPtr &context);
void addExecuteRoute(http::Router &router, const ContextPtr &context);
void addSessionRoutes(http::Router &router, const ContextPtr &context);
void addFileRoutes(http::Router &router, const ContextPtr &context);

} // namespace quarry::api::rock
