// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/client/agentfilereader.h"

#include "agent/client/bytearray.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quarry::agent {

AgentFileReader::AgentFileReader(AgentClient *client, const QByteArray &path, qint64 offset,
                                 qint64 length, QObject *parent)
    : AgentStream(client, parent)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        close();
        Q_EMIT failed({ErrorCode::Timeout, u"The sandbox did not open the file in time."_s, {}});
    });
    m_deadline.start(30s);
    FileReadRequest request;
    request.path = path.toStdString();
    request.offset = std::uint64_t(offset);
    if (length >= 0)
        request.length = std::uint64_t(length);
    Encoder encoded;
    request.encode(encoded);
    open(StreamKind::FileRead, std::move(encoded));
}

void AgentFileReader::handleData(std::uint8_t, Bytes bytes)
{
    if (!m_opened)
        violation(u"a file's bytes came before its description"_s);
    else
        Q_EMIT dataArrived(toByteArray(bytes));
}

void AgentFileReader::handleMessage(Decoder message)
{
    FileInfo info;
    if (std::exchange(m_opened, true) || !FileInfo::decode(message, info)) {
        violation(u"the description of a file is malformed"_s);
        return;
    }
    m_deadline.stop();
    Q_EMIT opened(info);
}

void AgentFileReader::handleEnd()
{
    m_ended = true;
}

void AgentFileReader::handleClosed(Result<void> result, const Failure &)
{
    m_deadline.stop();
    if (!result)
        Q_EMIT failed(result.error());
    else if (!m_opened || !m_ended)
        Q_EMIT failed({ErrorCode::Io, u"The file ended early."_s, {}});
    else
        Q_EMIT finished();
}

} // namespace quarry::agent
