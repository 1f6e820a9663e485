// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/common/sandboxreader.h"

#include "agent/client/agentclient.h"
#include "agent/client/agentfilereader.h"

namespace quarry::api {

SandboxReader::SandboxReader(agent::AgentClient *client, const QString &path)
    : m_reader(std::make_unique<agent::AgentFileReader>(client, path.toUtf8()))
{
    connect(m_reader.get(), &agent::AgentFileReader::opened, this,
            [this](const agent::FileInfo &info) { Q_EMIT opened(qint64(info.size)); });
    connect(m_reader.get(), &agent::AgentFileReader::dataArrived, this,
            [this](const QByteArray &data) {
                m_unconsumed += data.size();
                Q_EMIT dataArrived(data);
                if (!m_paused)
                    m_reader->consume(std::exchange(m_unconsumed, 0));
            });
    connect(m_reader.get(), &agent::AgentFileReader::finished, this, [this] { Q_EMIT ended({}); });
    connect(m_reader.get(), &agent::AgentFileReader::failed, this,
            [this, path](const Error &error) { Q_EMIT ended(aboutFile(error, path)); });
}

SandboxReader::~SandboxReader() = default;

Result<SandboxReaderPtr> SandboxReader::open(const Context &context, const QString &id,
                                             const QString &path)
{
    const Result<agent::AgentClient *> client = context.sandboxes().agent(id);
    if (!client)
        return client.error();
    context.sandboxes().touch(id);
    return SandboxReaderPtr(new SandboxReader(*client, path));
}

void SandboxReader::setPaused(bool paused)
{
    m_paused = paused;
    if (!paused && m_unconsumed > 0)
        m_reader->consume(std::exchange(m_unconsumed, 0));
}

} // namespace quarry::api
