// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The workbench's servers, on the engine's thread: the unix socket always, for the command line,
// and the configured addresses when a person starts them.
#pragma once

#include "engine/enginehost.h"
#include "replayer.h"
#include "requesttap.h"
#include "service/httpservice.h"
#include "widgets/models/servercontrol.h"

#include <memory>

namespace quarry::workbench {

class ServerHost : public widgets::ServerControl
{
    Q_OBJECT
public:
    // HOST lives as long.
    ServerHost(engine::EngineHost &host, service::Settings settings, QObject *parent = nullptr);
    // The engine has opened, or never will: a start that was asked for before goes on.
    void engineReady(bool open);
    // The calls on each sandbox, by the socket and the addresses. Lives on the engine's thread.
    widgets::CallLog &calls() const { return *m_calls; }
    // Once the engine is open. The callback gets why the socket cannot be had.
    void openSocket(Callback<void> done);
    State state() const override { return m_state; }
    QStringList addresses() const override { return m_addresses; }
    QString error() const override { return m_error; }
    bool portTaken() const override { return m_portTaken; }
    QString tokenFile() const override { return m_tokenFile; }
    QString socketPath() const override { return m_socketPath; }
    widgets::ServerAccess access() const override;
    widgets::ServerLimits limits() const override;
    QStringList configured() const override;
    void start() override { startWith(m_settings); }
    void startOnFreePorts() override;
    void stop() override;
    void watchRequests(bool on) override;
    void replay(const widgets::RequestRecord &record) override;

    // For the next start; what the engine has been made with stays.
    void setSettings(const service::Settings &settings);

private:
    // On the engine's thread.
    struct Parts {
        std::unique_ptr<service::HttpService> socket;
        std::unique_ptr<RequestTap> tap; // outlives what it observes
        std::unique_ptr<service::HttpService> addresses;
    };
    struct Started {
        QStringList addresses;
        QString tokenFile;
    };

    void set(State state);
    const service::Settings &shown() const
    {
        return m_state == State::Off ? m_settings : m_running;
    }
    void startWith(const service::Settings &settings);
    void startNow();
    void observe(engine::Engine &engine, bool watched);

    engine::EngineHost &m_host;
    service::Settings m_settings;
    service::Settings m_running; // of the last start
    bool m_startWaits = false; // for the engine
    Replayer m_replayer;
    widgets::CallLog *m_calls; // on the engine's thread, until the engine closes
    QString m_socketPath;
    std::shared_ptr<Parts> m_parts = std::make_shared<Parts>();
    State m_state = State::Off;
    QStringList m_addresses;
    QString m_error;
    QString m_tokenFile;
    bool m_watched = false;
    bool m_portTaken = false;
};

} // namespace quarry::workbench
