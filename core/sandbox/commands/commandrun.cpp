// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/commands/commandrun.h"

#include "base/pool.h"

#include <algorithm>
#include <csignal>

namespace quarry::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr double secondsMax = 7 * 86400;

agent::SpawnSpec spawnSpec(const CommandRequest &request)
{
    agent::SpawnSpec spec;
    spec.arguments = request.argv;
    for (auto it = request.env.begin(); it != request.env.end(); ++it)
        spec.environment.append((it.key() + u'=' + it.value()).toUtf8());
    spec.cwd = request.cwd.toUtf8();
    return spec;
}

} // namespace

CommandRun::CommandRun(agent::AgentClient &agent, const CommandRequest &request,
                       runtime::Instance *instance)
    : m_request(request), m_agent(&agent), m_instance(instance),
      m_oomKillsBefore(instance ? instance->oomKills() : 0), m_standardOutput(request.outputMax),
      m_standardError(request.outputMax)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        CommandResult result;
        result.timedOut = true;
        result.exitCode = 124;
        finish(std::move(result));
    });
}

void CommandRun::begin(Callback<CommandResult> done)
{
    m_done = std::move(done);
    m_process = new agent::AgentProcess(m_agent, spawnSpec(m_request), this);
    connect(m_process, &agent::AgentProcess::output, this,
            [this](agent::AgentProcess::Channel channel, const QByteArray &data) {
                const bool isError = channel == agent::AgentProcess::Channel::Error;
                (isError ? m_standardError : m_standardOutput).append(data);
                m_process->consume(data.size());
            });
    connect(m_process, &agent::AgentProcess::failed, this,
            [this](const Error &error) { finish(error); });
    connect(m_process, &agent::AgentProcess::finished, this,
            [this](const agent::ExitStatus &status) {
                CommandResult result;
                result.exitCode = status.shellCode();
                result.outOfMemory = status.signal == SIGKILL && m_instance
                    && m_instance->oomKills() > m_oomKillsBefore;
                finish(std::move(result));
            });
    m_deadline.start(int(std::clamp(m_request.timeoutSeconds, 0.001, secondsMax) * 1000));
}

void CommandRun::cancel()
{
    if (!m_done)
        return;
    answerLater<CommandResult>(this, std::exchange(m_done, nullptr),
                               Error{ErrorCode::Cancelled, u"The command was cancelled."_s, {}});
    release();
}

void CommandRun::finish(Result<CommandResult> result)
{
    m_deadline.stop();
    const auto done = std::exchange(m_done, nullptr);
    if (!done)
        return;
    if (result.ok()) {
        result->standardOutput = m_standardOutput.take();
        result->standardError = m_standardError.take();
    }
    release();
    done(std::move(result));
}

// Whatever of the command still runs is killed with its stream.
void CommandRun::release()
{
    m_process->disconnect(this);
    m_process->deleteLater();
    deleteLater();
}

} // namespace quarry::sandbox
