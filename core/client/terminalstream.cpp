// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/terminalstream.h"

#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSocketNotifier>
#include <QTimer>

#include <cerrno>
#include <sys/socket.h>
#include <utility>

namespace quarry::client {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype messageMax = 64 * 1024;
} // namespace

TerminalStream::TerminalStream(Upgraded connection, QObject *parent)
    : QObject(parent), m_socket(std::move(connection.socket)), m_first(std::move(connection.first)),
      m_out(m_socket.get()),
      m_readable(new QSocketNotifier(m_socket.get(), QSocketNotifier::Read, this))
{
    m_readable->setEnabled(false);
    connect(m_readable, &QSocketNotifier::activated, this, &TerminalStream::receive);
    connect(&m_out, &SendQueue::drained, this, &TerminalStream::sent);
}

TerminalStream::~TerminalStream()
{
    delete m_readable;
}

void TerminalStream::setReading(bool on)
{
    m_readable->setEnabled(on && !m_over);
    if (on && !m_first.isEmpty())
        QTimer::singleShot(0, this, [this] { take(std::exchange(m_first, {})); });
}

// ---- to the engine

void TerminalStream::type(const QByteArray &bytes)
{
    for (qsizetype at = 0; at < bytes.size(); at += messageMax)
        send(WebSocketOpcode::Binary,
             QByteArrayView(bytes).sliced(at, std::min(messageMax, bytes.size() - at)));
}

void TerminalStream::resize(int rows, int columns)
{
    tell({{u"type"_s, u"resize"_s}, {u"rows"_s, rows}, {u"cols"_s, columns}});
}

void TerminalStream::takeOver()
{
    tell({{u"type"_s, u"take_over"_s}});
}

void TerminalStream::giveBack()
{
    tell({{u"type"_s, u"give_back"_s}});
}

void TerminalStream::tell(const QJsonObject &message)
{
    send(WebSocketOpcode::Text, QJsonDocument(message).toJson(QJsonDocument::Compact));
}

void TerminalStream::send(WebSocketOpcode opcode, QByteArrayView payload)
{
    if (m_over)
        return;
    m_out.append(webSocketFrame(opcode, payload, QRandomGenerator::system()->generate()));
}

// ---- from the engine

void TerminalStream::receive()
{
    QByteArray bytes(messageMax, Qt::Uninitialized);
    const ssize_t count = ::recv(m_socket.get(), bytes.data(), size_t(bytes.size()), 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count > 0)
        take(QByteArrayView(bytes).first(count));
    else
        fail({ErrorCode::ConnectionLost, u"The engine has gone."_s, {}});
}

void TerminalStream::take(QByteArrayView bytes)
{
    const Result<QList<WebSocketMessage>> messages = m_reader.push(bytes);
    if (!messages) {
        fail(messages.error());
        return;
    }
    for (const WebSocketMessage &message : *messages) {
        if (m_over)
            return;
        switch (message.opcode) {
        case WebSocketOpcode::Binary:
            Q_EMIT shown(message.payload);
            break;
        case WebSocketOpcode::Text:
            takeText(QJsonDocument::fromJson(message.payload).object());
            break;
        case WebSocketOpcode::Ping:
            send(WebSocketOpcode::Pong, message.payload);
            break;
        case WebSocketOpcode::Close:
            fail({ErrorCode::ConnectionLost, u"The engine has closed the terminal."_s, {}});
            break;
        default:
            break;
        }
    }
}

void TerminalStream::takeText(const QJsonObject &message)
{
    const QString type = message.value("type"_L1).toString();
    if (type == "state"_L1) {
        Q_EMIT stateChanged(message);
    } else if (type == "error"_L1) {
        Q_EMIT refused(message.value("message"_L1).toString());
    } else if (type == "skipped"_L1) {
        Q_EMIT shown(QByteArray("\x18\r\n[\xe2\x80\xa6 ")
                     + QByteArray::number(message.value("bytes"_L1).toInteger())
                     + " bytes missed \xe2\x80\xa6]\r\n");
    } else if (type == "ended"_L1) {
        finish();
        Q_EMIT ended(message.value("reason"_L1).toString(),
                     message.value("exit_code"_L1).toInt(-1));
    }
}

void TerminalStream::finish()
{
    m_over = true;
    m_readable->setEnabled(false);
    m_out.stop();
}

void TerminalStream::fail(const Error &error)
{
    if (m_over)
        return;
    finish();
    Q_EMIT failed(error);
}

} // namespace quarry::client
