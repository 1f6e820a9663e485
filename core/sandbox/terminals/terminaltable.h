// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The terminals of one sandbox, by name: people's shells, and one for each bash session.
#pragma once

#include "sandbox/terminals/shellterminal.h"
#include "sandbox/terminals/terminal.h"

#include <QList>
#include <QObject>

#include <memory>

namespace quarry::sandbox {

class BashSession;

class TerminalTable : public QObject
{
    Q_OBJECT
public:
    static constexpr int LivingMax = 256; // shells
    static constexpr int EndedMax = 32; // remembered, the youngest

    // AlreadyExists for the name of a living one, LimitExceeded.
    Result<std::shared_ptr<Terminal>> open(agent::AgentClient &agent, ShellSpec spec);
    void watch(BashSession &session);

    // A living one before one that has ended, a session before a shell; else NotFound.
    Result<std::shared_ptr<Terminal>> find(const QString &name) const;
    const QList<std::shared_ptr<Terminal>> &all() const { return m_terminals; } // oldest first
    // A living shell is hung up, one that has ended forgotten.
    Result<void> close(const QString &name);
    // Ends and forgets them all.
    void abandon(const QString &reason);

Q_SIGNALS:
    void changed(); // another terminal, or one fewer

private:
    void add(const std::shared_ptr<Terminal> &terminal);
    QString freeName() const;

    QList<std::shared_ptr<Terminal>> m_terminals;
};

} // namespace quarry::sandbox
