// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/enginechannel.h"

namespace quarry::cli {

namespace {
constexpr qint64 aheadMax = 512 * 1024;
}

EngineChannel::EngineChannel(client::Upgraded connection, QObject *parent)
    : CommandChannel(parent), m_stream(std::move(connection))
{
    using client::ExecStream;
    connect(&m_stream, &ExecStream::outputReceived, this,
            [this](const QByteArray &bytes) { take(Stream::Output, bytes); });
    connect(&m_stream, &ExecStream::errorReceived, this,
            [this](const QByteArray &bytes) { take(Stream::Error, bytes); });
    connect(&m_stream, &ExecStream::exited, this, &CommandChannel::exited);
    connect(&m_stream, &ExecStream::failed, this, &CommandChannel::failed);
    connect(&m_stream, &ExecStream::sent, this, &CommandChannel::inputTaken);
    m_stream.setReading(true);
}

void EngineChannel::take(Stream stream, const QByteArray &bytes)
{
    m_unconsumed += bytes.size();
    if (m_unconsumed >= aheadMax)
        m_stream.setReading(false);
    Q_EMIT received(stream, bytes);
}

void EngineChannel::consume(Stream, qint64 count)
{
    const bool stopped = m_unconsumed >= aheadMax;
    m_unconsumed -= count;
    if (stopped && m_unconsumed < aheadMax)
        m_stream.setReading(true);
}

} // namespace quarry::cli
