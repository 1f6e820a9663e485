// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/common/sandboxwriter.h"

#include "agent/client/agentclient.h"
#include "agent/client/agentfilewriter.h"

namespace quarry::api {

namespace {

constexpr qsizetype pieceSize = 64 * 1024;
constexpr qint64 highWater = 1 << 20;

} // namespace

Error aboutFile(Error error, const QString &path)
{
    if (!error.message.contains(path))
        error.message.prepend(path + QStringLiteral(": "));
    return error;
}

SandboxWriter::SandboxWriter(agent::AgentClient *client, const QString &path,
                             std::optional<quint32> mode)
    : m_path(path)
{
    agent::FileWriteOptions options;
    options.mode = mode;
    m_writer = std::make_unique<agent::AgentFileWriter>(client, path.toUtf8(), options);
    connect(m_writer.get(), &agent::AgentFileWriter::sent, this, [this] {
        pump();
        if (!isFull())
            Q_EMIT drained();
    });
    connect(m_writer.get(), &agent::AgentFileWriter::finished, this,
            [this](qint64 bytes) { end(bytes); });
    connect(m_writer.get(), &agent::AgentFileWriter::failed, this,
            [this](const Error &error) { end(aboutFile(error, m_path)); });
}

SandboxWriter::~SandboxWriter() = default;

Result<SandboxWriterPtr> SandboxWriter::open(const Context &context, const QString &id,
                                             const QString &path, std::optional<quint32> mode)
{
    const Result<agent::AgentClient *> client = context.sandboxes().agent(id);
    if (!client)
        return client.error();
    context.sandboxes().touch(id);
    return SandboxWriterPtr(new SandboxWriter(*client, path, mode));
}

void SandboxWriter::write(QByteArrayView data)
{
    m_writer->write(data.toByteArray());
}

bool SandboxWriter::isFull() const
{
    return m_writer->bytesQueued() >= highWater;
}

void SandboxWriter::finish(Callback<qint64> done)
{
    m_done = std::move(done);
    commit();
}

void SandboxWriter::finishFrom(std::shared_ptr<const SpoolFile> spool, Callback<qint64> done)
{
    m_done = std::move(done);
    m_spool = std::move(spool);
    QMetaObject::invokeMethod(this, &SandboxWriter::pump, Qt::QueuedConnection);
}

void SandboxWriter::commit()
{
    if (!m_failure) {
        m_writer->commit();
        return;
    }
    QMetaObject::invokeMethod(this, [this] { end(*m_failure); }, Qt::QueuedConnection);
}

// Sends what the agent has room for of the spool file, and commits behind its last byte.
void SandboxWriter::pump()
{
    while (m_spool && !m_failure && !isFull()) {
        const Result<QByteArray> piece = m_spool->read(m_spoolSent, pieceSize);
        if (!piece) {
            m_spool.reset();
            end(piece.error());
            return;
        }
        if (piece->isEmpty()) {
            m_spool.reset();
            commit();
            return;
        }
        m_spoolSent += piece->size();
        m_writer->write(*piece);
    }
}

void SandboxWriter::end(Result<qint64> result)
{
    if (!result && !m_failure) {
        m_failure = result.error();
        Q_EMIT failed(*m_failure);
    }
    if (const Callback<qint64> done = std::exchange(m_done, {}))
        done(std::move(result));
}

} // namespace quarry::api
