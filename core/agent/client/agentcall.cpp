// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/client/agentcall.h"

#include <utility>

#include "agent/client/agentclient.h"

using namespace Qt::StringLiterals;

namespace quarry::agent {

AgentCall::AgentCall(AgentClient *client, Request request, QObject *context, Answered answered)
    : AgentStream(client, client), m_context(context), m_answered(std::move(answered)),
      m_piecesMax(request.piecesMax)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        close();
        answer({ErrorCode::Timeout, u"The sandbox's agent did not answer in time."_s});
    });
    m_deadline.start(request.deadline);
    open(request.kind, std::move(request.encoded));
}

void AgentCall::handleMessage(Decoder message)
{
    const Bytes bytes = message.rest();
    if (std::exchange(m_hasMessage, true) && m_message.size() + bytes.size() > m_piecesMax) {
        violation(m_piecesMax == 0 ? u"a call was answered twice"_s
                                   : u"the answer to a call is too long"_s);
        return;
    }
    m_message.insert(m_message.end(), bytes.begin(), bytes.end());
}

void AgentCall::handleClosed(Result<void> result, const Failure &)
{
    if (!result)
        answer(result.error());
    else if (!m_hasMessage)
        answer(
            {ErrorCode::ConnectionLost, u"The sandbox's agent ended a call without an answer."_s});
    else
        answer(Bytes(m_message));
}

void AgentCall::answer(Result<Bytes> result)
{
    m_deadline.stop();
    deleteLater();
    const Answered answered = std::exchange(m_answered, nullptr);
    if (!answered || !m_context)
        return;
    if (!answered(std::move(result))) {
        const QString what = u"the answer to a call is malformed"_s;
        answered(Error{ErrorCode::ConnectionLost,
                       u"The sandbox's agent broke its protocol: %1."_s.arg(what),
                       {}});
        violation(what);
    }
}

} // namespace quarry::agent
