// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A program in a sandbox at the other end of an upgraded connection.
#pragma once

#include "agent/client/agentprocess.h"
#include "api/common/context.h"
#include "api/quarry/execframes.h"
#include "http/exchange.h"
#include "http/stream.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace quarry::api::own {

// Passes frames both ways with back-pressure. The end of the connection kills the program and all
// it started; the end of the program ends the connection. Deletes itself.
class ExecRelay : public QObject
{
    Q_OBJECT
public:
    ExecRelay(ContextPtr context, QString sandboxId, http::UpgradedStream connection,
              std::unique_ptr<agent::AgentProcess> process);
    ~ExecRelay() override;

private:
    void readClient();
    void takeClient(QByteArrayView data);
    void takeFrame(const ExecFrame &frame);
    void sendOutput(agent::AgentProcess::Channel channel, const QByteArray &data);
    void clientTook();
    void endWith(const QByteArray &frame);
    void closeWhenSent();

    ContextPtr m_context;
    QString m_sandboxId;
    std::unique_ptr<http::Stream> m_stream;
    std::unique_ptr<agent::AgentProcess> m_process;
    ExecFrameReader m_frames;
    QTimer m_touch;    // a program that runs is a use of its sandbox
    QTimer m_lastWord; // how long the client may take to read the end
    qint64 m_owed = 0; // output that the client has not taken yet
    bool m_over = false;
    bool m_closing = false;
};

} // namespace quarry::api::own
