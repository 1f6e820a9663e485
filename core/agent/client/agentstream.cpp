// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/client/agentstream.h"

#include "agent/client/agentclient.h"

namespace quarry::agent {

AgentStream::AgentStream(AgentClient *client, QObject *parent) : QObject(parent), m_client(client)
{
}

AgentStream::~AgentStream()
{
    close();
}

void AgentStream::open(StreamKind kind, Encoder &&request)
{
    if (m_client && !m_client->isLost()) {
        m_id = m_client->openStream(this, kind, std::move(request));
        return;
    }
    QMetaObject::invokeMethod(
        this,
        [this] {
            const Failure gone = Failure::of(Failure::Kind::Gone,
                                             "The connection to the sandbox's agent is lost.");
            handleClosed(toError(gone), gone);
        },
        Qt::QueuedConnection);
}

AgentClient *AgentStream::client() const
{
    return m_client;
}

qint64 AgentStream::bytesQueued() const
{
    return m_client && m_id != 0 ? qint64(m_client->m_outbox.queued(m_id)) : 0;
}

void AgentStream::send(std::uint8_t channel, QByteArray data)
{
    if (!m_client || m_id == 0 || data.isEmpty())
        return;
    const auto kept = std::make_shared<const QByteArray>(std::move(data));
    const auto *bytes
        = static_cast<const std::uint8_t *>(static_cast<const void *>(kept->constData()));
    m_client->queueFrame(m_id, dataType(channel),
                         Payload(kept, Bytes(bytes, std::size_t(kept->size()))));
}

void AgentStream::sendMessage(Encoder &&message)
{
    if (m_client && m_id != 0)
        m_client->queueFrame(m_id, FrameType::Message, Payload(std::move(message)));
}

void AgentStream::sendEnd()
{
    if (m_client && m_id != 0)
        m_client->queueFrame(m_id, FrameType::End, Payload());
}

void AgentStream::consume(qint64 count)
{
    if (m_client && m_id != 0)
        m_client->consumeFor(m_id, count);
}

void AgentStream::close()
{
    if (m_client && m_id != 0)
        m_client->closeStream(std::exchange(m_id, 0));
}

void AgentStream::violation(const QString &what)
{
    if (m_client)
        m_client->protocolViolation(what);
}

void AgentStream::handleData(std::uint8_t, Bytes bytes)
{
    consume(qint64(bytes.size()));
}

void AgentStream::handleMessage(Decoder) { }

void AgentStream::handleEnd() { }

void AgentStream::handleSent() { }

Error toError(const Failure &failure)
{
    const QString message
        = QString::fromUtf8(failure.message.data(), qsizetype(failure.message.size()));
    switch (failure.kind) {
    case Failure::Kind::System:
        return systemError(message, failure.errnoValue);
    case Failure::Kind::Invalid:
        return {ErrorCode::InvalidArgument, message, {}};
    case Failure::Kind::Unsupported:
        return {ErrorCode::Unsupported, message, {}};
    case Failure::Kind::Limit:
        return {ErrorCode::LimitExceeded, message, {}};
    case Failure::Kind::Gone:
        return {ErrorCode::ConnectionLost, message, {}};
    case Failure::Kind::NotStarted:
        return {ErrorCode::CommandFailed,
                message,
                {{QStringLiteral("exit_code"), failure.exitCode},
                 {QStringLiteral("errno"), failure.errnoValue}}};
    case Failure::Kind::None:
        break;
    }
    return {ErrorCode::Internal, QStringLiteral("The agent ended the stream early."), {}};
}

} // namespace quarry::agent
