// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that the server serves: the gate, then one table of routes.
#pragma once

#include "api/common/apisettings.h"
#include "http/exchange.h"

#include <QObject>

#include <memory>

namespace quarry::engine {
class Engine;
}
namespace quarry::http {
class Router;
}

namespace quarry::api {

class Gate;

// Lives on the engine's thread. The engine must be open, and must outlive every exchange: stop the
// HTTP server first.
class ApiServer : public QObject
{
    Q_OBJECT
public:
    ApiServer(engine::Engine &engine, ApiSettings settings, QObject *parent = nullptr);
    ~ApiServer() override;

    // For http::Server::setHandler(). Valid while this lives.
    http::Handler handler();
    const http::Router &router() const { return *m_router; }

private:
    std::unique_ptr<Gate> m_gate;
    std::unique_ptr<http::Router> m_router;
};

} // namespace quarry::api
