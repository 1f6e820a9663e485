// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The routes of GEM environments: ROCK's GEM API below /apis/v1/envs/gem, and Quarry's own for
// batches and episodes below /api/quarry/v1.
#pragma once

#include "api/common/context.h"
#include "http/router.h"

namespace quarry::api::gem {

// make, reset, step, close, list
void addPlayRoutes(http::Router &router, const ContextPtr &context);
// gem/step_batch, gem/reset_batch
void addBatchRoutes(http::Router &router, const ContextPtr &context);
// gem/kinds, gem/environments
void addEnvironmentRoutes(http::Router &router, const ContextPtr &context);
// episodes: list, show, steps, export, import, verify, fork
void addEpisodeRoutes(http::Router &router, const ContextPtr &context);

} // namespace quarry::api::gem
