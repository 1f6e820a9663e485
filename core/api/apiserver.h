// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that the server serves: the gate, then one table of routes.
#pragma once

#include "api/auth/accesspolicy.h"
#include "http/exchange.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>

namespace quarry::engine {
class Engine;
}
namespace quarry::http {
class Router;
}

namespace quarry::api {

class Gate;

struct ApiSettings {
    AccessPolicy access;
    QString version; // of the program
    // Where the server listens, as URLs; asked for with each GET info.
    std::function<QStringList()> listening;
    int jsonDepth = 64;
    qint64 maxUpload = 10ll << 30;
    qint64 outputMax = 32 << 20; // of one stream of one command
};

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
