// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A TCP or unix-socket connection made inside the sandbox.
#pragma once

#include "agent/client/agentstream.h"

#include <QTimer>

namespace quarry::agent {

// One of closed() and failed() is the last signal. Destroying it hangs up.
class AgentConnection : public AgentStream
{
    Q_OBJECT
public:
    // HOST: a numeric address or "localhost"; a path starting with / is a unix socket (PORT is
    // ignored).
    AgentConnection(AgentClient *client, const QByteArray &host, quint16 port,
                    QObject *parent = nullptr);

    bool isConnected() const { return m_connected; }
    void write(const QByteArray &data); // wait for sent() when bytesQueued() passes streamWindow
    void finishWriting();               // half-close: the other side reads an end
    // Back-pressure: all that dataArrived() brought must be consume()d sooner or later.
    using AgentStream::consume;

Q_SIGNALS:
    void connected();
    void dataArrived(const QByteArray &data);
    void readingEnded(); // the other side sends no more; writing still works
    void sent();
    void closed(); // both directions have ended
    void failed(const quarry::Error &error);

private:
    void handleData(std::uint8_t channel, Bytes bytes) override;
    void handleMessage(Decoder message) override;
    void handleEnd() override;
    void handleClosed(Result<void> result, const Failure &failure) override;
    void handleSent() override;

    QTimer m_deadline; // of the connection
    bool m_connected = false;
};

} // namespace quarry::agent
