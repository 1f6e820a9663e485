// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/apiserver.h"

#include "api/auth/gate.h"
#include "api/common/context.h"
#include "api/gem/routes.h"
#include "api/quarry/routes.h"
#include "api/rock/routes.h"
#include "http/router.h"

namespace quarry::api {

namespace {

void addRockRoutes(http::Router &router, const ContextPtr &context)
{
    rock::addLifecycleRoutes(router, context);
    rock::addListRoutes(router, context);
    rock::addCommitRoutes(router, context);
    rock::addExecuteRoute(router, context);
    rock::addSessionRoutes(router, context);
    rock::addFileRoutes(router, context);
}

void addGemRoutes(http::Router &router, const ContextPtr &context)
{
    gem::addPlayRoutes(router, context);
    gem::addBatchRoutes(router, context);
    gem::addEnvironmentRoutes(router, context);
    gem::addEpisodeRoutes(router, context);
}

void addOwnRoutes(http::Router &router, const ContextPtr &context)
{
    own::addInfoRoutes(router, context);
    own::addSandboxRoutes(router, context);
    own::addFileRoutes(router, context);
    own::addExecRoute(router, context);
    own::addSessionRoutes(router, context);
    own::addTerminalRoutes(router, context);
    own::addImageRoutes(router, context);
}

} // namespace

ApiServer::ApiServer(engine::Engine &engine, ApiSettings settings, QObject *parent)
    : QObject(parent), m_gate(std::make_unique<Gate>(settings.access)),
      m_router(std::make_unique<http::Router>())
{
    const ContextPtr context(new Context{engine, std::move(settings)});
    addRockRoutes(*m_router, context);
    addGemRoutes(*m_router, context);
    addOwnRoutes(*m_router, context);
}

ApiServer::~ApiServer() = default;

http::Handler ApiServer::handler()
{
    return [this](const http::ExchangePtr &exchange) {
        m_gate->pass(exchange,
                     [this](const http::ExchangePtr &passed) { m_router->dispatch(passed); });
    };
}

} // namespace quarry::api
