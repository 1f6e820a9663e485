// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A program in the sandbox.
#pragma once

#include "agent/client/agentstream.h"
#include "agent/wire/spawnmessages.h"

#include <optional>

namespace quarry::agent {

struct SpawnSpec {
    QList<QByteArray> arguments;   // the first is looked up in PATH
    QList<QByteArray> environment; // "NAME=value" over AgentConfig::environment; "NAME" removes one
    QByteArray cwd; // empty: AgentConfig::cwd
    std::optional<quint32> uid; // as seen inside
    std::optional<quint32> gid;
    bool input = false; // without it the program reads /dev/null
    bool errorsToOutput = false; // one pipe for both, in the order written
    bool terminal = false; // a pty; output comes as Output only
    int columns = 80; // of the pty
    int rows = 24;
    QList<SpawnRequest::Limit> limits;
};

struct ExitStatus {
    int code = 0; // when signal is 0
    int signal = 0; // that killed it
    int shellCode() const { return signal != 0 ? 128 + signal : code; }
};

// Destroying it before the end kills the program and all that it started. One of failed() and
// finished() is the last signal.
class AgentProcess : public AgentStream
{
    Q_OBJECT
public:
    enum class Channel { Output = outputChannel, Error = errorChannel };
    Q_ENUM(Channel)

    AgentProcess(AgentClient *client, const SpawnSpec &spec, QObject *parent = nullptr);

    qint64 pid() const { return m_pid; } // as seen inside; 0 before started()

    // To its input; inputSent() tells when bytesQueued() has fallen far enough for more.
    void write(const QByteArray &data);
    void closeInput();
    void resize(int columns, int rows);
    // To the program and everything that it started; SIGKILL leaves none of them.
    void signal(int number);
    void kill();

    // Back-pressure: all that output() brought must be consume()d sooner or later. At most
    // streamWindow bytes are ever on their way, so the program waits for who does not.
    using AgentStream::consume;

Q_SIGNALS:
    void started(qint64 pid);
    // It did not start (CommandFailed with details exit_code 127 or 126, …), or the agent was lost.
    void failed(const quarry::Error &error);
    void output(quarry::agent::AgentProcess::Channel channel, const QByteArray &data);
    void inputSent();
    // After all output. What the program left in the background runs on, its output goes nowhere.
    void finished(const quarry::agent::ExitStatus &status);

private:
    void handleData(std::uint8_t channel, Bytes bytes) override;
    void handleMessage(Decoder message) override;
    void handleClosed(Result<void> result, const Failure &failure) override;
    void handleSent() override;

    qint64 m_pid = 0;
    std::optional<ExitStatus> m_status;
};

} // namespace quarry::agent
