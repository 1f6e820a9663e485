// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/client/agentfilewriter.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quarry::agent {

AgentFileWriter::AgentFileWriter(AgentClient *client, const QByteArray &path,
                                 const FileWriteOptions &options, QObject *parent)
    : AgentStream(client, parent)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        close();
        Q_EMIT failed({ErrorCode::Timeout, u"The sandbox did not finish the file in time."_s, {}});
    });
    FileWriteRequest request;
    request.path = path.toStdString();
    request.mode = options.mode;
    request.parents = options.parents;
    Encoder encoded;
    request.encode(encoded);
    open(StreamKind::FileWrite, std::move(encoded));
}

void AgentFileWriter::write(const QByteArray &data)
{
    send(0, data);
}

void AgentFileWriter::commit()
{
    sendEnd();
    if (isOpen())
        m_deadline.start(10min);
}

void AgentFileWriter::handleMessage(Decoder message)
{
    const std::uint64_t written = message.u64();
    if (m_written >= 0 || !message.finished()
        || written > std::uint64_t(std::numeric_limits<qint64>::max())) {
        violation(u"the answer to a written file is malformed"_s);
        return;
    }
    m_written = qint64(written);
}

void AgentFileWriter::handleClosed(Result<void> result, const Failure &)
{
    m_deadline.stop();
    if (!result)
        Q_EMIT failed(result.error());
    else if (m_written < 0)
        Q_EMIT failed(
            {ErrorCode::Io, u"The sandbox did not say whether the file was written."_s, {}});
    else
        Q_EMIT finished(m_written);
}

void AgentFileWriter::handleSent()
{
    Q_EMIT sent();
}

} // namespace quarry::agent
