// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The agent's book-keeping of one open stream, and what its handler sends through.
#pragma once

#include "agent/inside/loop/stream.h"
#include "agent/wire/receivewindow.h"

namespace quarry::agent {

class Agent;

class StreamEnd : public Stream
{
public:
    StreamEnd(Agent &agent, std::uint32_t id) : m_agent(agent), m_id(id) { }

    std::size_t sendable() override;
    void send(std::uint8_t channel, Payload payload) override;
    void sendMessage(Encoder &&message) override;
    void sendEnd() override;
    void consume(std::size_t count) override;
    void finish() override;
    void fail(Failure failure) override;

    std::unique_ptr<StreamHandler> handler; // none once the stream is over from our side
    ReceiveWindow window;
    bool over = false;
    bool engineEnded = false;

private:
    Agent &m_agent;
    std::uint32_t m_id;
};

} // namespace quarry::agent
