// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A program in a sandbox of an engine in this very process.
#pragma once

#include "agent/client/agentclient.h"
#include "agent/client/agentprocess.h"
#include "cli/commandchannel.h"

namespace quarry::cli {

class AgentChannel : public CommandChannel
{
    Q_OBJECT
public:
    // The program starts at once. The agent may die meanwhile: then failed().
    AgentChannel(agent::AgentClient &agent, const agent::SpawnSpec &spec,
                 QObject *parent = nullptr);

    void sendInput(const QByteArray &bytes) override;
    void endInput() override;
    qint64 inputQueued() const override;
    void resize(int rows, int columns) override;
    void consume(Stream stream, qint64 count) override;

private:
    QPointer<agent::AgentProcess> m_process;
};

} // namespace quarry::cli
