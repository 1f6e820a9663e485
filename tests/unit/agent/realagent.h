// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The real quarry-agent as pid 1 of a pid namespace of its own, with its own /proc.
#pragma once

#include "agent/client/agentclient.h"
#include "agent/client/agentprocess.h"

#include <QObject>

#include <memory>
#include <optional>
#include <sys/types.h>

namespace quarry::agent {

class RealAgent
{
public:
    RealAgent();
    ~RealAgent(); // hangs up and waits until it has ended

    AgentClient &client() { return *m_client; }
    // Starts the connection; false when it did not become ready.
    bool start(const QByteArray &cwd = "/tmp");
    void hangUp() { m_client.reset(); }
    bool waitForEnd(); // of the process; bounded

private:
    std::unique_ptr<AgentClient> m_client;
    pid_t m_pid = -1;
};

// A program's whole life, its output kept.
struct Run {
    QByteArray output;
    QByteArray errors;
    std::optional<ExitStatus> status;
    std::optional<Error> error;
    qint64 pid = 0;
    bool over() const { return status || error; }
};

// Follows PROCESS into the result, which must outlive it.
std::unique_ptr<Run> follow(AgentProcess *process);
// Runs ARGUMENTS to the end.
Run run(AgentClient &client, const QList<QByteArray> &arguments, SpawnSpec spec = {});
Run shell(AgentClient &client, const QByteArray &line, SpawnSpec spec = {});

// Lets events be handled until DONE; false after a minute.
bool waitUntil(const std::function<bool()> &done);

} // namespace quarry::agent
