// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/execstream.h"

#include <QJsonDocument>
#include <QSocketNotifier>
#include <QTimer>
#include <QtEndian>

#include <array>
#include <cerrno>
#include <sys/socket.h>

namespace quarry::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype headSize = 5;
constexpr qsizetype payloadMax = 64 * 1024;

enum ToServer : quint8 { Input = 0, InputEnd = 1, Resize = 2, Signal = 3 };
enum FromServer : quint8 { Output = 0, ErrorOutput = 1, Exit = 2, Failure = 3 };

} // namespace

ExecStream::ExecStream(Upgraded connection, QObject *parent)
    : QObject(parent), m_socket(std::move(connection.socket)), m_in(std::move(connection.first)),
      m_out(m_socket.get()),
      m_readable(new QSocketNotifier(m_socket.get(), QSocketNotifier::Read, this))
{
    m_readable->setEnabled(false);
    connect(m_readable, &QSocketNotifier::activated, this, &ExecStream::receive);
    connect(&m_out, &SendQueue::drained, this, &ExecStream::sent);
}

ExecStream::~ExecStream()
{
    delete m_readable;
}

void ExecStream::setReading(bool on)
{
    m_reading = on;
    m_readable->setEnabled(on && !m_over);
    if (on && !m_in.isEmpty())
        QTimer::singleShot(0, this, &ExecStream::takeFrames);
}

// ---- to the engine

void ExecStream::sendInput(const QByteArray &bytes)
{
    for (qsizetype at = 0; at < bytes.size(); at += payloadMax)
        sendFrame(Input, QByteArrayView(bytes).sliced(at, std::min(payloadMax, bytes.size() - at)));
}

void ExecStream::endInput()
{
    sendFrame(InputEnd, {});
}

void ExecStream::resize(int rows, int columns)
{
    std::array<char, 4> payload;
    qToLittleEndian(quint16(rows), payload.data());
    qToLittleEndian(quint16(columns), payload.data() + 2);
    sendFrame(Resize, QByteArrayView(payload.data(), 4));
}

void ExecStream::sendSignal(int number)
{
    const char payload = char(number);
    sendFrame(Signal, QByteArrayView(&payload, 1));
}

void ExecStream::sendFrame(quint8 type, QByteArrayView payload)
{
    if (m_over)
        return;
    std::array<char, headSize> head;
    head[0] = char(type);
    qToLittleEndian(quint32(payload.size()), head.data() + 1);
    m_out.append(QByteArrayView(head.data(), headSize));
    m_out.append(payload);
}

// ---- from the engine

void ExecStream::receive()
{
    const qsizetype before = m_in.size();
    m_in.resize(before + payloadMax);
    const ssize_t count = ::recv(m_socket.get(), m_in.data() + before, size_t(payloadMax), 0);
    const int fault = errno;
    m_in.resize(before + std::max<ssize_t>(count, 0));
    if (count < 0 && (fault == EAGAIN || fault == EINTR))
        return;
    if (count > 0)
        takeFrames();
    else if (!m_over)
        fail({ErrorCode::ConnectionLost, u"The engine has gone, and the command with it."_s, {}});
}

void ExecStream::takeFrames()
{
    qsizetype at = 0;
    while (m_reading && !m_over && m_in.size() - at >= headSize) {
        const quint8 type = quint8(m_in[at]);
        const quint32 size = qFromLittleEndian<quint32>(m_in.constData() + at + 1);
        if (size > payloadMax) {
            fail({ErrorCode::Internal, u"The engine sent a frame that is too large."_s, {}});
            return;
        }
        if (m_in.size() - at - headSize < qsizetype(size))
            break;
        const QByteArray payload = m_in.mid(at + headSize, qsizetype(size));
        at += headSize + qsizetype(size);
        takeFrame(type, payload);
    }
    m_in.remove(0, at);
}

void ExecStream::takeFrame(quint8 type, const QByteArray &payload)
{
    if (type == Output) {
        Q_EMIT outputReceived(payload);
    } else if (type == ErrorOutput) {
        Q_EMIT errorReceived(payload);
    } else if (type == Exit && payload.size() == 4) {
        m_over = true;
        m_readable->setEnabled(false);
        Q_EMIT exited(qFromLittleEndian<qint32>(payload.constData()));
    } else if (type == Failure) {
        fail(errorFromJson(QJsonDocument::fromJson(payload).object()));
    } else {
        fail({ErrorCode::Internal, u"The engine sent a frame that nobody knows."_s, {}});
    }
}

void ExecStream::fail(const Error &error)
{
    m_over = true;
    m_readable->setEnabled(false);
    m_out.stop();
    Q_EMIT failed(error);
}

} // namespace quarry::client
