// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/connection.h"

#include "client/enginesocket.h"

#include <QFile>

#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace quarry::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype pieceMax = 64 * 1024;

Error lost()
{
    return {ErrorCode::ConnectionLost,
            u"The engine closed the connection before it had answered."_s,
            {}};
}

} // namespace

Connection::Connection(UniqueFd socket, int abortDescriptor)
    : m_socket(std::move(socket)), m_abortDescriptor(abortDescriptor)
{
}

Result<Connection> Connection::open(const QString &path, int abortDescriptor)
{
    const QByteArray name = QFile::encodeName(path);
    if (name.size() > socketPathMax)
        return Error{
            ErrorCode::InvalidArgument, u"The socket's path %1 is too long."_s.arg(path), {}};
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.constData(), size_t(name.size()));
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket)
        return systemError(u"Cannot make a socket"_s, errno);
    // A unix socket connects at once, or refuses.
    const auto *raw = static_cast<const sockaddr *>(static_cast<const void *>(&address));
    if (::connect(socket.get(), raw, sizeof address) == 0)
        return Connection(std::move(socket), abortDescriptor);
    if (errno == ENOENT || errno == ECONNREFUSED || errno == ENOTDIR)
        return Error{ErrorCode::WrongState, u"Nobody listens at %1."_s.arg(path), {}};
    return systemError(u"Cannot connect to "_s + path, errno);
}

Result<void> Connection::await(short events, Patience patience)
{
    const auto start = std::chrono::steady_clock::now();
    while (true) {
        int wait = -1;
        if (patience) {
            const auto left = *patience
                - std::chrono::duration_cast<std::chrono::milliseconds>(
                    std::chrono::steady_clock::now() - start);
            wait = int(std::max<qint64>(left.count(), 0));
        }
        pollfd entries[2] = {{m_socket.get(), events, 0}, {m_abortDescriptor, POLLIN, 0}};
        const int ready = ::poll(entries, 2, wait);
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready < 0)
            return systemError(u"Cannot wait for the engine"_s, errno);
        if (entries[1].revents != 0)
            return Error{ErrorCode::Cancelled, u"Interrupted."_s, {}};
        if (ready == 0)
            return Error{ErrorCode::Timeout,
                         u"The engine did not answer within %1 s."_s.arg(patience->count() / 1000),
                         {}};
        return {};
    }
}

Result<void> Connection::send(QByteArrayView bytes, Patience patience)
{
    while (!bytes.isEmpty()) {
        const ssize_t sent
            = ::send(m_socket.get(), bytes.data(), size_t(bytes.size()), MSG_NOSIGNAL);
        if (sent > 0) {
            bytes = bytes.sliced(sent);
        } else if (sent < 0 && errno == EAGAIN) {
            if (Result<void> ready = await(POLLOUT, patience); !ready)
                return ready;
        } else if (sent == 0 || errno != EINTR) {
            return lost();
        }
    }
    return {};
}

Result<void> Connection::receive(QByteArray &buffer, Patience patience)
{
    while (true) {
        if (Result<void> ready = await(POLLIN, patience); !ready)
            return ready;
        const qsizetype before = buffer.size();
        buffer.resize(before + pieceMax);
        const ssize_t count = ::recv(m_socket.get(), buffer.data() + before, size_t(pieceMax), 0);
        buffer.resize(before + std::max<ssize_t>(count, 0));
        if (count >= 0)
            return {};
        if (errno != EAGAIN && errno != EINTR)
            return lost();
    }
}

} // namespace quarry::client
