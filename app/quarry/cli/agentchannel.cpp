// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/agentchannel.h"

namespace quarry::cli {

using agent::AgentProcess;

AgentChannel::AgentChannel(agent::AgentClient &agent, const agent::SpawnSpec &spec, QObject *parent)
    : CommandChannel(parent), m_process(agent.spawn(spec))
{
    connect(m_process, &AgentProcess::output, this,
            [this](AgentProcess::Channel channel, const QByteArray &bytes) {
                Q_EMIT received(channel == AgentProcess::Channel::Output ? Stream::Output
                                                                         : Stream::Error,
                                bytes);
            });
    connect(m_process, &AgentProcess::inputSent, this, &CommandChannel::inputTaken);
    connect(m_process, &AgentProcess::failed, this, &CommandChannel::failed);
    connect(m_process, &AgentProcess::finished, this,
            [this](const agent::ExitStatus &status) { Q_EMIT exited(status.shellCode()); });
}

void AgentChannel::sendInput(const QByteArray &bytes)
{
    if (m_process)
        m_process->write(bytes);
}

void AgentChannel::endInput()
{
    if (m_process)
        m_process->closeInput();
}

qint64 AgentChannel::inputQueued() const
{
    return m_process ? m_process->bytesQueued() : 0;
}

void AgentChannel::resize(int rows, int columns)
{
    if (m_process)
        m_process->resize(columns, rows);
}

void AgentChannel::consume(Stream, qint64 count)
{
    if (m_process)
        m_process->consume(count);
}

} // namespace quarry::cli
