// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/client/agentsession.h"

#include <algorithm>

namespace quarry::agent {

AgentSession::AgentSession(AgentClient *client, const SessionOpen &request, QObject *parent)
    : AgentStream(client, parent)
{
    Encoder out;
    request.encode(out);
    open(StreamKind::Session, std::move(out));
}

void AgentSession::run(quint32 id, const QByteArray &text)
{
    SessionRequest message;
    message.kind = SessionRequest::Kind::Run;
    message.id = id;
    message.number = std::uint32_t(text.size());
    request(message);
    if (!text.isEmpty())
        send(sessionTextChannel, text);
}

void AgentSession::interrupt(quint32 id)
{
    SessionRequest message;
    message.kind = SessionRequest::Kind::Interrupt;
    message.id = id;
    request(message);
}

void AgentSession::type(const QByteArray &bytes)
{
    send(sessionTypedChannel, bytes);
}

void AgentSession::resize(int rows, int columns)
{
    SessionRequest message;
    message.kind = SessionRequest::Kind::Resize;
    message.rows = std::uint16_t(std::clamp(rows, 1, int(sessionSizeMax)));
    message.columns = std::uint16_t(std::clamp(columns, 1, int(sessionSizeMax)));
    request(message);
}

void AgentSession::hangUp()
{
    request(SessionRequest());
}

void AgentSession::request(const SessionRequest &request)
{
    Encoder out;
    request.encode(out);
    sendMessage(std::move(out));
}

void AgentSession::handleData(std::uint8_t, Bytes bytes)
{
    const auto *data = static_cast<const void *>(bytes.data());
    const QByteArray copy(static_cast<const char *>(data), qsizetype(bytes.size()));
    consume(copy.size());
    Q_EMIT shown(copy);
}

void AgentSession::handleMessage(Decoder message)
{
    SessionEvent event;
    if (!SessionEvent::decode(message, event)) {
        violation(QStringLiteral("a malformed message of a session"));
        return;
    }
    switch (event.kind) {
    case SessionEvent::Kind::Started:
        Q_EMIT started();
        break;
    case SessionEvent::Kind::Begin:
        Q_EMIT begun(event.id);
        break;
    case SessionEvent::Kind::Finished:
        Q_EMIT finished(event.id, event.code);
        break;
    case SessionEvent::Kind::Refused:
        Q_EMIT refused(event.id, event.code, QByteArray::fromStdString(event.text));
        break;
    case SessionEvent::Kind::Ended:
        m_ended = true;
        Q_EMIT ended(event.code, QString::fromStdString(event.text));
        break;
    }
}

void AgentSession::handleClosed(Result<void> result, const Failure &)
{
    if (m_ended)
        return;
    m_ended = true;
    Q_EMIT failed(result.ok() ? Error{ErrorCode::ConnectionLost,
                                      QStringLiteral("The session's stream has ended."),
                                      {}}
                              : result.error());
}

} // namespace quarry::agent
