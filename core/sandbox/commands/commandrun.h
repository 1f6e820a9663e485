// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One command under way: its output kept within bounds, its deadline, its end.
#pragma once

#include "agent/client/agentclient.h"
#include "agent/client/agentprocess.h"
#include "base/result.h"
#include "runtime/runtime.h"
#include "sandbox/commands/boundedoutput.h"
#include "sandbox/commands/command.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

namespace quarry::sandbox {

// Deletes itself when it has answered. Lives on the engine's thread.
class CommandRun : public QObject
{
    Q_OBJECT
public:
    // AGENT may die meanwhile. INSTANCE, when there is one, tells whether memory ran out.
    CommandRun(agent::AgentClient &agent, const CommandRequest &request,
               runtime::Instance *instance);

    void begin(Callback<CommandResult> done);
    // Kills the tree; the callback gets Cancelled.
    void cancel();

private:
    void finish(Result<CommandResult> result);
    void release();

    CommandRequest m_request;
    QPointer<agent::AgentClient> m_agent;
    QPointer<runtime::Instance> m_instance;
    qint64 m_oomKillsBefore = 0;
    BoundedOutput m_standardOutput;
    BoundedOutput m_standardError;
    agent::AgentProcess *m_process = nullptr;
    QTimer m_deadline;
    Callback<CommandResult> m_done;
};

} // namespace quarry::sandbox
