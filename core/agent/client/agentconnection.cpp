// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/client/agentconnection.h"

#include "agent/client/bytearray.h"
#include "agent/wire/callmessages.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quarry::agent {

AgentConnection::AgentConnection(AgentClient *client, const QByteArray &host, quint16 port,
                                 QObject *parent)
    : AgentStream(client, parent)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        close();
        Q_EMIT failed({ErrorCode::Timeout,
                       u"The connection inside the sandbox did not stand in time."_s,
                       {}});
    });
    m_deadline.start(30s);
    ConnectRequest request;
    request.host = host.toStdString();
    request.port = port;
    Encoder encoded;
    request.encode(encoded);
    open(StreamKind::Connect, std::move(encoded));
}

void AgentConnection::write(const QByteArray &data)
{
    send(0, data);
}

void AgentConnection::finishWriting()
{
    sendEnd();
}

void AgentConnection::handleData(std::uint8_t, Bytes bytes)
{
    if (!m_connected)
        violation(u"a connection's bytes came before it stood"_s);
    else
        Q_EMIT dataArrived(toByteArray(bytes));
}

void AgentConnection::handleMessage(Decoder message)
{
    if (std::exchange(m_connected, true) || !message.atEnd()) {
        violation(u"the answer to a connection is malformed"_s);
        return;
    }
    m_deadline.stop();
    Q_EMIT connected();
}

void AgentConnection::handleEnd()
{
    Q_EMIT readingEnded();
}

void AgentConnection::handleClosed(Result<void> result, const Failure &)
{
    m_deadline.stop();
    if (result)
        Q_EMIT closed();
    else
        Q_EMIT failed(result.error());
}

void AgentConnection::handleSent()
{
    Q_EMIT sent();
}

} // namespace quarry::agent
