// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A real quarry-agent on this machine, outside any sandbox, and sessions in it.
#pragma once

#include "agent/client/agentclient.h"
#include "sandbox/commands/bashsession.h"

#include <QTemporaryDir>

#include <memory>

namespace quarry::test {

// Starts the agent for the life of the object. HOME and the working folder are a scratch folder.
class AgentBench
{
public:
    AgentBench();
    ~AgentBench();

    bool ready() const { return m_client && m_client->isReady(); }
    agent::AgentClient &client() { return *m_client; }
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QByteArray file(const QString &name) const; // empty when it is not there
    void write(const QString &name, const QByteArray &bytes) const;

private:
    QTemporaryDir m_folder;
    pid_t m_pid = -1;
    std::unique_ptr<agent::AgentClient> m_client;
};

// A session whose calls wait for their answers.
class SessionBench
{
public:
    explicit SessionBench(AgentBench &bench, sandbox::SessionSpec spec = {});
    ~SessionBench();

    sandbox::BashSession &session() { return *m_session; }
    const Result<QByteArray> &started() const { return m_started; }
    Result<sandbox::RunResult> run(const QByteArray &command, double timeoutSeconds = 20);
    Result<sandbox::RunResult> run(const sandbox::RunSpec &spec);
    // For what it leaves behind; its answer does not matter.
    void prepare(const QByteArray &command, double timeoutSeconds = 20);
    bool close();
    // "" when the session answers as if nothing had happened, else what is wrong.
    QString usable();

private:
    std::unique_ptr<sandbox::BashSession> m_session;
    Result<QByteArray> m_started{QByteArray()};
};

} // namespace quarry::test
