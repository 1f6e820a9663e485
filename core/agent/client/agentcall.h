// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One question to the agent and its answer, whole or in pieces. Owned by the client; goes by itself
// once answered.
#pragma once

#include "agent/client/agentstream.h"

#include <QTimer>

#include <chrono>
#include <functional>

namespace quarry::agent {

class AgentCall : public AgentStream
{
    Q_OBJECT
public:
    // Gets the answer's bytes; false: they are not what they should be.
    using Answered = std::function<bool(Result<Bytes>)>;

    struct Request {
        StreamKind kind = StreamKind::Call;
        Encoder encoded;
        std::chrono::milliseconds deadline;
        std::size_t piecesMax = 0; // bytes of an answer in pieces; 0: it is one message
    };
    // When CONTEXT dies first, nothing is called.
    AgentCall(AgentClient *client, Request request, QObject *context, Answered answered);

private:
    void handleMessage(Decoder message) override;
    void handleClosed(Result<void> result, const Failure &failure) override;
    void answer(Result<Bytes> result);

    QPointer<QObject> m_context;
    Answered m_answered;
    QTimer m_deadline;
    std::size_t m_piecesMax;
    std::vector<std::uint8_t> m_message;
    bool m_hasMessage = false;
};

} // namespace quarry::agent
