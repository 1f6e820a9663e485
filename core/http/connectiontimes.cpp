// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How long a connection may take for what it does.
#include "http/connection.h"
#include "http/server.h"

#include <algorithm>

namespace quarry::http {

qint64 Connection::deadlineNow()
{
    if (m_phase == Phase::Linger)
        return std::min(m_lingerEnd, m_lastInput + limits().lingerIdle.count());
    const qint64 now = monotonicNow();
    const bool writing = m_stream->bytesToWrite() > 0;
    if (writing && m_writeDeadline == 0)
        m_writeDeadline = now + limits().write.count();
    if (!writing)
        m_writeDeadline = 0;
    const bool unwanted = !m_incoming || m_incoming->isFinished();
    const bool reading = m_phase == Phase::Body && (unwanted || m_incoming->wantsBody());
    if (reading && m_bodyDeadline == 0)
        m_bodyDeadline = now + limits().body.count();
    if (!reading)
        m_bodyDeadline = 0;

    qint64 deadline = writing ? m_writeDeadline : never;
    if (reading)
        deadline = std::min(deadline, m_bodyDeadline);
    if (m_phase == Phase::Head && m_headSince > 0)
        deadline = std::min(deadline, m_headSince + limits().header.count());
    else if (m_phase == Phase::Head && m_answers.isEmpty() && !writing && !m_blocked)
        deadline = m_idleSince + limits().idle.count();
    return deadline;
}

void Connection::updateDeadline()
{
    const qint64 deadline = deadlineNow();
    if (deadline == m_deadline)
        return;
    m_deadline = deadline;
    m_server->arm(deadline);
}

void Connection::expire(qint64 now)
{
    if (m_closed || now < m_deadline)
        return;
    m_deadline = never;
    if (m_phase == Phase::Linger || (m_writeDeadline > 0 && now >= m_writeDeadline)) {
        close();
    } else if (m_bodyDeadline > 0 && now >= m_bodyDeadline) {
        failBody(408, ErrorCode::Timeout, QStringLiteral("the body came too slowly"));
    } else if (m_phase == Phase::Head && m_headSince > 0) {
        reject({408, QStringLiteral("the header came too slowly")});
    } else {
        close();
        return;
    }
    process();
}

} // namespace quarry::http
