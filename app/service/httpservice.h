// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The server of an engine: its addresses, who may call, every API.
//
// Lives on the engine's thread.
#pragma once

#include "api/apiserver.h"
#include "client/enginesocket.h"
#include "http/server.h"
#include "service/settings.h"

#include <QObject>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>

namespace quarry::service {

class HttpService : public QObject
{
    Q_OBJECT
public:
    explicit HttpService(Settings settings, QObject *parent = nullptr);
    ~HttpService() override; // before the engine

    // Takes the addresses of the settings; until serve() callers hear 503. AlreadyExists names a
    // busy port; then none is taken.
    Result<void> listen();
    // The unix socket of DATAFOLDER, whose lock this program holds.
    Result<void> listenLocal(const QString &dataFolder);
    // ENGINE is open.
    void serve(engine::Engine &engine);
    // Of every request, on this thread, with the first BODYKEPT bytes of each body; it lives as
    // long as this server. Its subject is the id of the sandbox that the request was about.
    void setObserver(http::Observer observer, qsizetype bodyKept = 0)
    {
        m_server->setObserver(std::move(observer), bodyKept);
    }
    int connectionCount() const { return m_server->connectionCount(); }
    // Takes no more, and answers when what was under way has been answered, or given up after some
    // seconds.
    void stop(std::function<void()> done);

    QStringList addresses() const; // "http://127.0.0.1:8080"
    QString socketPath() const { return m_socket ? m_socket->path : QString(); }
    // Of listen(); before it, of callers on the unix socket alone.
    const api::AccessPolicy &access() const { return m_access; }

private:
    Settings m_settings;
    api::AccessPolicy m_access;
    // Taken down in the reverse order: no exchange outlives the API.
    std::unique_ptr<api::ApiServer> m_api;
    std::unique_ptr<http::Server> m_server;
    std::optional<client::EngineSocket> m_socket; // once it is ours
};

} // namespace quarry::service
