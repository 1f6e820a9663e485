// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A session in a person's hands.
#include "sandbox/commands/bashsessionprivate.h"
#include "sandbox/commands/promptloop.h"

#include <utility>

namespace quarry::sandbox {

Result<void> BashSession::Private::takeOver()
{
    if (isOver || m_closing)
        return {ErrorCode::WrongState, QStringLiteral("The session has ended: %1").arg(endReason)};
    if (isTaken)
        return {ErrorCode::WrongState, QStringLiteral("The session is taken over already.")};
    isTaken = true;
    Q_EMIT m_owner->takenOverChanged();
    next();
    return {};
}

void BashSession::Private::giveBack()
{
    if (!std::exchange(isTaken, false))
        return;
    if (m_promptUnit != 0 && !m_leaving && m_session)
        m_session->interrupt(m_promptUnit);
    const QPointer<BashSession> guard(m_owner);
    Q_EMIT m_owner->takenOverChanged();
    if (guard)
        next();
}

void BashSession::Private::startPrompt(bool continued)
{
    m_unit = m_promptUnit = ++m_lastUnit;
    m_typed = false;
    m_leaving = false;
    m_session->run(m_unit, promptLoop(continued));
}

// A prompt that breaks off before anything was typed would do so for ever.
void BashSession::Private::promptEnded(int code)
{
    m_promptUnit = 0;
    if (std::exchange(m_leaving, false)) {
        next();
    } else if (isTaken && code != 0 && m_typed) {
        startPrompt(true);
    } else {
        m_leaving = true;
        m_unit = m_promptUnit = ++m_lastUnit;
        m_session->run(m_unit, promptCleanup());
        if (std::exchange(isTaken, false))
            Q_EMIT m_owner->takenOverChanged();
    }
}

} // namespace quarry::sandbox
