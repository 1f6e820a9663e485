// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// An agent's bash session, watched by people and taken over by them.
#pragma once

#include "sandbox/commands/bashsession.h"
#include "sandbox/terminals/terminal.h"

#include <QPointer>

namespace quarry::sandbox {

// The session is never held up for a viewer: one that is too far behind misses output.
class SessionTerminal : public Terminal
{
    Q_OBJECT
public:
    explicit SessionTerminal(BashSession &session);

    Result<void> write(const QByteArray &typed) override;
    void resize(int rows, int columns) override;
    Result<void> takeOver() override;
    Result<void> giveBack() override;
    Result<void> close() override;

private:
    Result<BashSession *> living() const;
    void refresh();

    QPointer<BashSession> m_session;
    const int m_agentRows;
    const int m_agentColumns;
};

} // namespace quarry::sandbox
