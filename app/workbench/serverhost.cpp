// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverhost.h"

#include <utility>

namespace quarry::workbench {

ServerHost::ServerHost(engine::EngineHost &host, service::Settings settings, QObject *parent)
    : ServerControl(parent), m_host(host), m_settings(std::move(settings)),
      m_calls(new widgets::CallLog)
{
    m_host.moveToEngine(*m_calls);
    m_host.beforeClose([parts = m_parts, calls = m_calls] {
        parts->addresses.reset();
        parts->tap.reset();
        parts->socket.reset();
        calls->deleteLater();
    });
}

void ServerHost::set(State state)
{
    m_state = state;
    Q_EMIT changed();
}

void ServerHost::openSocket(Callback<void> done)
{
    m_host.ask<QString>(
        this,
        [parts = m_parts, settings = m_settings, calls = m_calls](engine::Engine &engine,
                                                                  const Callback<QString> &answer) {
            QObject::connect(&engine.sandboxes(), &sandbox::SandboxService::sandboxesChanged, calls,
                             [calls, &engine](const QStringList &ids) {
                                 for (const QString &id : ids) {
                                     if (!isThere(engine, id))
                                         calls->forget(id);
                                 }
                             });
            parts->socket = std::make_unique<service::HttpService>(settings);
            const Result<void> bound = parts->socket->listenLocal(engine.dataFolder());
            if (!bound) {
                parts->socket.reset();
                answer(bound.error());
                return;
            }
            parts->socket->serve(engine);
            parts->socket->setObserver(logOf(*calls, engine), widgets::RequestBodyMax);
            answer(parts->socket->socketPath());
        },
        [this, done = std::move(done)](const Result<QString> &path) {
            if (path)
                m_socketPath = *path;
            done(path ? Result<void>() : Result<void>(path.error()));
        });
}

widgets::ServerAccess ServerHost::access() const
{
    switch (shown().access.mode) {
    case api::AuthMode::Token:
        return widgets::ServerAccess::EverybodyByToken;
    case api::AuthMode::None:
        return widgets::ServerAccess::Open;
    case api::AuthMode::Auto:
        break;
    }
    return widgets::ServerAccess::OwnUserFree;
}

widgets::ServerLimits ServerHost::limits() const
{
    const http::Limits &limits = shown().limits;
    return {limits.maxBody, limits.maxUpload, limits.maxHeader, limits.maxConnections,
            std::chrono::duration_cast<std::chrono::seconds>(limits.idle)};
}

QStringList ServerHost::configured() const
{
    QStringList all;
    for (const api::ListenAddress &address : m_settings.access.listen)
        all.append(
            (address.host.contains(u':') ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
                .arg(address.host)
                .arg(address.port));
    return all;
}

void ServerHost::setSettings(const service::Settings &settings)
{
    service::Settings next = settings;
    next.dataFolder = m_settings.dataFolder;
    next.engine = m_settings.engine;
    next.access.dataFolder = m_settings.access.dataFolder;
    m_settings = next;
    Q_EMIT changed();
}

void ServerHost::startOnFreePorts()
{
    service::Settings settings = m_settings;
    for (api::ListenAddress &address : settings.access.listen)
        address.port = 0;
    startWith(settings);
}

void ServerHost::startWith(const service::Settings &wanted)
{
    if (m_state != State::Off)
        return;
    m_error.clear();
    m_portTaken = false;
    m_running = wanted;
    set(State::Starting);
    m_startWaits = !m_host.isOpen();
    if (!m_startWaits)
        startNow();
}

void ServerHost::engineReady(bool open)
{
    if (!std::exchange(m_startWaits, false))
        return;
    if (open) {
        startNow();
        return;
    }
    m_error = tr("The engine did not start.");
    set(State::Off);
}

void ServerHost::startNow()
{
    m_host.ask<Started>(
        this,
        [this, parts = m_parts, settings = m_running,
         watched = m_watched](engine::Engine &engine, const Callback<Started> &answer) {
            auto server = std::make_unique<service::HttpService>(settings);
            if (const Result<void> bound = server->listen(); !bound) {
                answer(bound.error());
                return;
            }
            server->serve(engine);
            const Started started{server->addresses(), server->access().tokenFile};
            parts->addresses = std::move(server);
            observe(engine, watched);
            answer(started);
        },
        [this](const Result<Started> &started) {
            if (started) {
                m_addresses = started->addresses;
                m_tokenFile = started->tokenFile;
            } else {
                m_error = started.error().message;
                m_portTaken = started.error().code == ErrorCode::AlreadyExists;
            }
            set(started ? State::On : State::Off);
        });
}

// On the engine's thread, which ends before this object does.
void ServerHost::observe(engine::Engine &engine, bool watched)
{
    m_parts->tap = std::make_unique<RequestTap>();
    connect(m_parts->tap.get(), &RequestTap::told, this, &ServerHost::requestsSeen);
    service::HttpService *server = m_parts->addresses.get();
    m_parts->tap->setConnections([server] { return server->connectionCount(); });
    m_parts->tap->setWatched(watched);
    m_parts->tap->start();
    server->setObserver(
        [count = m_parts->tap->observer(),
         keep = logOf(*m_calls, engine)](const http::Observed &one) {
            count(one);
            keep(one);
        },
        widgets::RequestBodyMax);
}

void ServerHost::watchRequests(bool on)
{
    m_watched = on;
    m_host.post([parts = m_parts, on](engine::Engine &) {
        if (parts->tap)
            parts->tap->setWatched(on);
    });
}

void ServerHost::replay(const widgets::RequestRecord &record)
{
    if (m_state != State::On)
        return;
    m_replayer.replay(record, m_addresses.value(0),
                      access() == widgets::ServerAccess::EverybodyByToken ? m_tokenFile : QString(),
                      [this](const Result<int> &status) {
                          if (!status)
                              Q_EMIT replayFailed(status.error().message);
                      });
}

void ServerHost::stop()
{
    if (m_state != State::On)
        return;
    set(State::Stopping);
    m_host.ask<void>(
        this,
        [parts = m_parts](engine::Engine &, const Callback<void> &answer) {
            parts->addresses->stop([parts, answer] {
                // It is calling us.
                QMetaObject::invokeMethod(
                    parts->addresses.get(),
                    [parts] {
                        parts->tap->stop();
                        parts->addresses.reset();
                        parts->tap.reset();
                    },
                    Qt::QueuedConnection);
                answer({});
            });
        },
        [this](const Result<void> &) {
            m_addresses.clear();
            set(State::Off);
        });
}

} // namespace quarry::workbench
