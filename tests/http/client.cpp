// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client.h"

#include "http/message/fields.h"

#include <QFile>

#include <array>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

namespace quarry::http::test {

namespace {

void setUp(int socket)
{
    const timeval wait{20, 0}; // only so that a broken server fails a test instead of hanging it
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

} // namespace

QByteArray Reply::field(QByteArrayView name) const
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && equalsIgnoringCase(QByteArrayView(line).first(colon), name))
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

Client::Client(quint16 port) : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setUp(m_socket.get());
    m_connected = ::connect(m_socket.get(),
                            static_cast<const sockaddr *>(static_cast<const void *>(&address)),
                            sizeof address)
        == 0;
}

Client::Client(const QString &path) : m_socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name = QFile::encodeName(path);
    std::memcpy(address.sun_path, name.constData(), size_t(name.size()));
    setUp(m_socket.get());
    m_connected = ::connect(m_socket.get(),
                            static_cast<const sockaddr *>(static_cast<const void *>(&address)),
                            sizeof address)
        == 0;
}

bool Client::send(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t sent
            = ::send(m_socket.get(), bytes.data(), size_t(bytes.size()), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes = bytes.sliced(sent);
    }
    return true;
}

bool Client::more()
{
    std::array<char, 65536> bytes;
    const ssize_t got = m_ended ? 0 : ::recv(m_socket.get(), bytes.data(), bytes.size(), 0);
    if (got == 0 || (got < 0 && errno == ECONNRESET))
        m_ended = true;
    if (got <= 0)
        return false;
    m_buffer.append(bytes.data(), got);
    return true;
}

QByteArray Client::take(qsizetype size)
{
    const QByteArray taken = m_buffer.left(size);
    m_buffer.remove(0, size);
    return taken;
}

Reply Client::read(bool toHead)
{
    Reply reply;
    qsizetype end = -1;
    while ((end = m_buffer.indexOf("\r\n\r\n")) < 0) {
        if (!more())
            return reply;
    }
    reply.head = take(end + 4);
    reply.status = reply.head.mid(9, 3).toInt();
    const QByteArray length = reply.field("content-length");
    if (toHead || reply.status < 200 || reply.status == 204 || reply.status == 304) {
        reply.whole = true;
    } else if (reply.field("transfer-encoding") == "chunked") {
        reply.whole = readChunked(reply.body);
    } else if (!length.isEmpty()) {
        while (m_buffer.size() < length.toLongLong() && more()) {
        }
        reply.whole = m_buffer.size() >= length.toLongLong();
        reply.body = take(qsizetype(length.toLongLong()));
    } else {
        reply.body = readAll();
        reply.whole = m_ended;
    }
    return reply;
}

bool Client::readChunked(QByteArray &body)
{
    while (true) {
        qsizetype end = -1;
        while ((end = m_buffer.indexOf("\r\n")) < 0) {
            if (!more())
                return false;
        }
        const qsizetype size = take(end + 2).trimmed().toLongLong(nullptr, 16);
        while (m_buffer.size() < size + 2) {
            if (!more())
                return false;
        }
        body += take(size);
        if (take(2) != "\r\n")
            return false;
        if (size == 0)
            return true;
    }
}

QByteArray Client::readAll()
{
    while (more()) {
    }
    return std::exchange(m_buffer, {});
}

void Client::shutdownWrite()
{
    ::shutdown(m_socket.get(), SHUT_WR);
}

void Client::reset()
{
    const linger now{1, 0};
    ::setsockopt(m_socket.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now);
    close();
}

void Client::shrinkReceiveBuffer()
{
    const int size = 4096;
    ::setsockopt(m_socket.get(), SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
}

} // namespace quarry::http::test
