// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/terminals/sessionterminal.h"

#include <algorithm>

namespace quarry::sandbox {

SessionTerminal::SessionTerminal(BashSession &session)
    : Terminal(Kind::Session, session.name()), m_session(&session), m_agentRows(session.rows()),
      m_agentColumns(session.columns())
{
    TerminalState first;
    first.readOnly = true;
    first.rows = m_agentRows;
    first.columns = m_agentColumns;
    setState(first);
    connect(&session, &BashSession::rawOutputArrived, this, &SessionTerminal::addOutput);
    connect(&session, &BashSession::takenOverChanged, this, &SessionTerminal::refresh);
    connect(&session, &BashSession::sessionEnded, this, &SessionTerminal::refresh);
}

Result<BashSession *> SessionTerminal::living() const
{
    if (m_session && !m_session->ended())
        return m_session.data();
    return {ErrorCode::WrongState,
            QStringLiteral("Session \"%1\" has ended: %2").arg(name(), state().endReason)};
}

Result<void> SessionTerminal::write(const QByteArray &typed)
{
    const Result<BashSession *> session = living();
    if (!session)
        return session.error();
    if (state().readOnly)
        return {ErrorCode::WrongState,
                QStringLiteral("Session \"%1\" is an agent's: take it over first.").arg(name())};
    (*session)->write(typed);
    return {};
}

void SessionTerminal::resize(int rows, int columns)
{
    if (state().readOnly || !living())
        return;
    TerminalState next = state();
    next.rows = std::clamp(rows, 1, terminalSizeMax);
    next.columns = std::clamp(columns, 1, terminalSizeMax);
    m_session->resize(next.rows, next.columns);
    setState(next);
}

Result<void> SessionTerminal::takeOver()
{
    const Result<BashSession *> session = living();
    return session ? (*session)->takeOver() : Result<void>(session.error());
}

Result<void> SessionTerminal::giveBack()
{
    const Result<BashSession *> session = living();
    if (!session)
        return session.error();
    (*session)->giveBack();
    return {};
}

Result<void> SessionTerminal::close()
{
    return {
        ErrorCode::WrongState,
        QStringLiteral("Session \"%1\" is an agent's: it is closed by who made it.").arg(name())};
}

void SessionTerminal::refresh()
{
    if (m_session->ended()) {
        setEnded(m_session->endReason(), {});
        return;
    }
    TerminalState next = state();
    next.takenOver = m_session->takenOver();
    next.readOnly = !next.takenOver;
    if (state().takenOver && !next.takenOver) {
        next.rows = m_agentRows; // as the agent's commands know it
        next.columns = m_agentColumns;
        m_session->resize(next.rows, next.columns);
    }
    setState(next);
}

} // namespace quarry::sandbox
