// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "serverhost.h"

#include <utility>

namespace quarry::workbench {

ServerHost::ServerHost(engine::EngineHost &host, service::Settings settings, QObject *parent)
    : ServerControl(parent), m_host(host), m_settings(std::move(settings))
{
    m_host.beforeClose([parts = m_parts] {
        parts->addresses.reset();
        parts->socket.reset();
    });
}

void ServerHost::set(State state)
{
    m_state = state;
    Q_EMIT changed();
}

void ServerHost::openSocket(Callback<void> done)
{
    m_host.ask<void>(
        this,
        [parts = m_parts, settings = m_settings](engine::Engine &engine,
                                                 const Callback<void> &answer) {
            parts->socket = std::make_unique<service::HttpService>(settings);
            const Result<void> bound = parts->socket->listenLocal(engine.dataFolder());
            if (bound)
                parts->socket->serve(engine);
            else
                parts->socket.reset();
            answer(bound);
        },
        std::move(done));
}

void ServerHost::start()
{
    if (m_state != State::Off)
        return;
    m_error.clear();
    set(State::Starting);
    m_host.ask<Started>(
        this,
        [parts = m_parts, settings = m_settings](engine::Engine &engine,
                                                 const Callback<Started> &answer) {
            auto server = std::make_unique<service::HttpService>(settings);
            if (const Result<void> bound = server->listen(); !bound) {
                answer(bound.error());
                return;
            }
            server->serve(engine);
            const Started started{server->addresses(), server->access().tokenFile};
            parts->addresses = std::move(server);
            answer(started);
        },
        [this](const Result<Started> &started) {
            if (started) {
                m_addresses = started->addresses;
                m_tokenFile = started->tokenFile;
            } else {
                m_error = started.error().message;
            }
            set(started ? State::On : State::Off);
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
                    parts->addresses.get(), [parts] { parts->addresses.reset(); },
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
