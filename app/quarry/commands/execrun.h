// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One throw-away sandbox around one command.
#pragma once

#include "agent/client/agentprocess.h"
#include "cli/agentchannel.h"
#include "cli/commandrelay.h"
#include "cli/localengine.h"

#include <QObject>

#include <memory>

namespace quarry::cli {

class Context;

struct ExecSpec {
    sandbox::SandboxRequest sandbox;
    agent::SpawnSpec program;
    RelayOptions relay;
};

class ExecRun : public QObject
{
    Q_OBJECT
public:
    ExecRun(service::Settings settings, ExecSpec spec, Context &context, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    // Once; nothing of the sandbox is left then.
    void finished(int exitCode);

private:
    void opened(const Result<void> &result);
    void accepted(const Result<sandbox::SandboxInfo> &info);
    void started(const Result<sandbox::SandboxInfo> &info);
    void relayProgram(agent::AgentClient &agent);
    void ended(int code);
    void fail(const Error &error, int code);
    void close(int code);

    ExecSpec m_spec;
    Context &m_context;
    LocalEngine m_local;
    std::unique_ptr<AgentChannel> m_channel;
    std::unique_ptr<CommandRelay> m_relay;
    bool m_closing = false;
};

} // namespace quarry::cli
