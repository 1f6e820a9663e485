// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/stream.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <sys/uio.h>

namespace quarry::http {

namespace {

constexpr std::size_t piecesPerCall = 32;

bool wouldBlock(int error)
{
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

} // namespace

Stream::Stream(UniqueFd socket, QObject *parent)
    : QObject(parent), m_socket(std::move(socket)),
      m_readNotifier(new QSocketNotifier(m_socket.get(), QSocketNotifier::Read, this))
{
    connect(m_readNotifier, &QSocketNotifier::activated, this, &Stream::readable);
}

Stream::~Stream()
{
    // Before the descriptor: its number may belong to another at once.
    delete m_readNotifier;
    delete m_writeNotifier;
}

Stream::ReadResult Stream::read(QByteArray &buffer)
{
    std::array<char, 64 * 1024>
        bytes; // on the stack: an idle connection owns no memory for reading
    const ssize_t got = ::recv(m_socket.get(), bytes.data(), bytes.size(), 0);
    if (got == 0)
        return ReadResult::End;
    if (got < 0)
        return wouldBlock(errno) ? ReadResult::Nothing : ReadResult::Failed;
    buffer.append(bytes.data(), got);
    return ReadResult::Data;
}

Stream::ReadResult Stream::discard(qsizetype size)
{
    std::array<char, 32 * 1024> waste;
    while (size > 0) {
        const ssize_t got = ::recv(m_socket.get(), waste.data(), waste.size(), 0);
        if (got == 0)
            return ReadResult::End;
        if (got < 0)
            return wouldBlock(errno) ? ReadResult::Nothing : ReadResult::Failed;
        size -= got;
    }
    return ReadResult::Data;
}

void Stream::setReading(bool on)
{
    if (m_readNotifier && m_readNotifier->isEnabled() != on)
        m_readNotifier->setEnabled(on);
}

void Stream::write(QByteArray bytes)
{
    if (bytes.isEmpty() || m_failed || !m_socket)
        return;
    m_queued += bytes.size();
    m_queue.push_back(std::move(bytes));
}

void Stream::flush()
{
    if (m_queued == 0 || m_failed || (m_writeNotifier && m_writeNotifier->isEnabled()))
        return;
    send();
}

qint64 Stream::send()
{
    qint64 total = 0;
    while (m_queued > 0) {
        std::array<iovec, piecesPerCall> pieces;
        msghdr message{};
        message.msg_iov = pieces.data();
        for (const QByteArray &bytes : m_queue) {
            if (message.msg_iovlen == pieces.size())
                break;
            const qsizetype skip = message.msg_iovlen == 0 ? m_offset : 0;
            pieces[message.msg_iovlen++]
                = {const_cast<char *>(bytes.constData()) + skip, size_t(bytes.size() - skip)};
        }
        const ssize_t sent = ::sendmsg(m_socket.get(), &message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0) {
            if (!wouldBlock(errno)) {
                m_failed = true;
                m_queue.clear();
                m_queued = 0;
                QMetaObject::invokeMethod(this, &Stream::writeFailed, Qt::QueuedConnection);
            }
            break;
        }
        dropWritten(sent);
        total += sent;
    }
    if (m_queued > 0 && !m_writeNotifier) {
        m_writeNotifier = new QSocketNotifier(m_socket.get(), QSocketNotifier::Write, this);
        connect(m_writeNotifier, &QSocketNotifier::activated, this, [this] {
            const qint64 bytes = send();
            if (bytes > 0)
                Q_EMIT written(bytes);
        });
    }
    if (m_writeNotifier)
        m_writeNotifier->setEnabled(m_queued > 0);
    return total;
}

void Stream::dropWritten(qint64 bytes)
{
    m_queued -= bytes;
    while (bytes > 0) {
        const qsizetype left = m_queue.front().size() - m_offset;
        if (bytes < left) {
            m_offset += bytes;
            return;
        }
        bytes -= left;
        m_offset = 0;
        m_queue.pop_front();
    }
}

void Stream::shutdownWrite()
{
    ::shutdown(m_socket.get(), SHUT_WR);
}

void Stream::abort()
{
    ::shutdown(m_socket.get(), SHUT_RDWR);
}

UniqueFd Stream::release()
{
    // One of them may be on the stack.
    for (QSocketNotifier **notifier : {&m_readNotifier, &m_writeNotifier}) {
        if (*notifier) {
            (*notifier)->setEnabled(false);
            std::exchange(*notifier, nullptr)->deleteLater();
        }
    }
    m_queue.clear();
    m_queued = 0;
    return std::move(m_socket);
}

} // namespace quarry::http
