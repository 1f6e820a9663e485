// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The workbench's servers, on the engine's thread: the unix socket always, for the command line,
// and the configured addresses when a person starts them.
#pragma once

#include "engine/enginehost.h"
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
    // Once the engine is open. The callback gets why the socket cannot be had.
    void openSocket(Callback<void> done);
    State state() const override { return m_state; }
    QStringList addresses() const override { return m_addresses; }
    QString error() const override { return m_error; }
    QString tokenFile() const override { return m_tokenFile; }
    void start() override;
    void stop() override;

private:
    // On the engine's thread.
    struct Parts {
        std::unique_ptr<service::HttpService> socket;
        std::unique_ptr<service::HttpService> addresses;
    };
    struct Started {
        QStringList addresses;
        QString tokenFile;
    };

    void set(State state);

    engine::EngineHost &m_host;
    service::Settings m_settings;
    std::shared_ptr<Parts> m_parts = std::make_shared<Parts>();
    State m_state = State::Off;
    QStringList m_addresses;
    QString m_error;
    QString m_tokenFile;
};

} // namespace quarry::workbench
