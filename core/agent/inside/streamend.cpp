// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/streamend.h"

#include "agent/inside/agent.h"

namespace quarry::agent {

std::size_t StreamEnd::sendable()
{
    return over ? 0 : m_agent.m_outbox.room(m_id);
}

void StreamEnd::send(std::uint8_t channel, Payload payload)
{
    if (over)
        return;
    m_agent.m_outbox.queue(m_id, dataType(channel), std::move(payload));
    m_agent.scheduleFlush();
}

void StreamEnd::sendMessage(Encoder &&message)
{
    if (over)
        return;
    m_agent.m_outbox.queue(m_id, FrameType::Message, Payload(std::move(message)));
    m_agent.scheduleFlush();
}

void StreamEnd::sendEnd()
{
    if (over)
        return;
    m_agent.m_outbox.queue(m_id, FrameType::End, Payload());
    m_agent.scheduleFlush();
}

void StreamEnd::consume(std::size_t count)
{
    const std::uint32_t grant = window.consume(count);
    if (grant == 0 || over)
        return;
    Encoder credit;
    credit.u32(grant);
    m_agent.m_outbox.control(FrameType::Credit, m_id, Payload(std::move(credit)));
    m_agent.scheduleFlush();
}

void StreamEnd::finish()
{
    fail(Failure{});
}

void StreamEnd::fail(Failure failure)
{
    if (over)
        return;
    over = true;
    Encoder encoded;
    failure.encode(encoded);
    m_agent.m_outbox.close(m_id, Payload(std::move(encoded)), false);
    m_agent.scheduleFlush();
    m_agent.bury(std::move(handler));
}

} // namespace quarry::agent
