// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/terminalchannel.h"

#include <QTimer>

#include <utility>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 aheadMax = 512 * 1024;
constexpr char leaveKey = 0x1d; // Ctrl-]
constexpr int leaveKeys = 3;
constexpr qint64 leaveMilliseconds = 1000;
} // namespace

TerminalChannel::TerminalChannel(client::Upgraded connection, bool takeOver, QObject *parent)
    : CommandChannel(parent), m_stream(std::move(connection)), m_takeOver(takeOver)
{
    using client::TerminalStream;
    connect(&m_stream, &TerminalStream::shown, this, [this](const QByteArray &bytes) {
        m_unconsumed += bytes.size();
        if (m_unconsumed >= aheadMax)
            m_stream.setReading(false);
        Q_EMIT received(Stream::Output, bytes);
    });
    connect(&m_stream, &TerminalStream::stateChanged, this, &TerminalChannel::showState);
    connect(&m_stream, &TerminalStream::refused, this, &TerminalChannel::told);
    connect(&m_stream, &TerminalStream::ended, this, [this](const QString &reason, int code) {
        Q_EMIT told(reason);
        Q_EMIT exited(code < 0 ? 1 : code);
    });
    connect(&m_stream, &TerminalStream::failed, this, &CommandChannel::failed);
    connect(&m_stream, &TerminalStream::sent, this, &CommandChannel::inputTaken);
    m_stream.setReading(true);
}

void TerminalChannel::sendInput(const QByteArray &bytes)
{
    if (asksToLeave(bytes))
        leave();
    else
        m_stream.type(bytes);
}

bool TerminalChannel::asksToLeave(const QByteArray &bytes)
{
    for (const char byte : bytes) {
        if (byte != leaveKey || (m_leaveKeys > 0 && m_sinceLeaveKey.elapsed() > leaveMilliseconds))
            m_leaveKeys = 0;
        if (byte != leaveKey)
            continue;
        if (m_leaveKeys++ == 0)
            m_sinceLeaveKey.start();
    }
    return m_leaveKeys >= leaveKeys;
}

void TerminalChannel::leave()
{
    if (std::exchange(m_left, true))
        return;
    if (m_takeOver)
        m_stream.giveBack();
    // Once the last words are out.
    QTimer::singleShot(0, this, [this] { Q_EMIT exited(0); });
}

void TerminalChannel::resize(int rows, int columns)
{
    m_rows = rows;
    m_columns = columns;
    m_stream.resize(rows, columns);
}

void TerminalChannel::showState(const QJsonObject &state)
{
    const bool readOnly = state.value("read_only"_L1).toBool();
    if (!std::exchange(m_greeted, true)) {
        if (m_takeOver && readOnly)
            m_stream.takeOver();
        else if (readOnly && !state.value("ended"_L1).toBool())
            Q_EMIT told(
                u"This is an agent's session; you are watching. --take-over types in it."_s);
    } else if (m_takeOver && state.value("taken_over"_L1).toBool()
               && state.value("cols"_L1).toInt() != m_columns && m_columns > 0) {
        m_stream.resize(m_rows, m_columns); // it was refused before
    }
}

void TerminalChannel::consume(Stream, qint64 count)
{
    const bool stopped = m_unconsumed >= aheadMax;
    m_unconsumed -= count;
    if (stopped && m_unconsumed < aheadMax)
        m_stream.setReading(true);
}

} // namespace quarry::cli
