// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/listener.h"

#include "http/portholder.h"

#include <QFile>
#include <QSocketNotifier>

#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

namespace quarry::http {

namespace {

constexpr int backlog = 4096; // the kernel caps it by somaxconn

Error busyPort(const QHostAddress &address, quint16 port)
{
    Error error{ErrorCode::AlreadyExists,
                QStringLiteral("port %1 on %2 is already in use").arg(port).arg(address.toString()),
                {{QStringLiteral("address"), address.toString()}, {QStringLiteral("port"), port}}};
    if (const std::optional<PortHolder> holder = portHolder(port)) {
        error.message += QStringLiteral(" by %1 (pid %2)").arg(holder->program).arg(holder->pid);
        error.details.insert(QStringLiteral("pid"), holder->pid);
        error.details.insert(QStringLiteral("process"), holder->program);
    }
    return error;
}

socklen_t fill(sockaddr_storage &storage, const QHostAddress &address, quint16 port)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        sockaddr_in in{};
        in.sin_family = AF_INET;
        in.sin_port = htons(port);
        in.sin_addr.s_addr = htonl(address.toIPv4Address());
        std::memcpy(&storage, &in, sizeof in);
        return sizeof in;
    }
    sockaddr_in6 in6{};
    in6.sin6_family = AF_INET6;
    in6.sin6_port = htons(port);
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    std::memcpy(&in6.sin6_addr, &bytes, sizeof bytes);
    in6.sin6_scope_id = address.scopeId().toUInt();
    std::memcpy(&storage, &in6, sizeof in6);
    return sizeof in6;
}

const sockaddr *generic(const void *address)
{
    return static_cast<const sockaddr *>(address);
}

quint16 boundPort(int socket)
{
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    ::getsockname(socket, static_cast<sockaddr *>(static_cast<void *>(&storage)), &size);
    sockaddr_in6 in6{}; // the port lies at the same place in both families
    std::memcpy(&in6, &storage, sizeof in6);
    return ntohs(in6.sin6_port);
}

} // namespace

Listener::Listener(UniqueFd socket, Endpoint endpoint)
    : m_socket(std::move(socket)), m_endpoint(std::move(endpoint)),
      m_notifier(new QSocketNotifier(m_socket.get(), QSocketNotifier::Read, this))
{
    connect(m_notifier, &QSocketNotifier::activated, this, &Listener::incoming);
}

Listener::~Listener()
{
    delete m_notifier;
    if (m_endpoint.isLocal())
        ::unlink(QFile::encodeName(m_endpoint.path).constData());
}

Result<std::unique_ptr<Listener>> Listener::onAddress(const QHostAddress &address, quint16 port)
{
    const QString what
        = QStringLiteral("listening on %1 port %2").arg(address.toString()).arg(port);
    const int family = address.protocol() == QAbstractSocket::IPv4Protocol ? AF_INET : AF_INET6;
    UniqueFd socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket)
        return systemError(what, errno);
    const int on = 1;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (family == AF_INET6)
        ::setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    sockaddr_storage storage{};
    const socklen_t size = fill(storage, address, port);
    if (::bind(socket.get(), generic(&storage), size) != 0
        || ::listen(socket.get(), backlog) != 0) {
        if (errno == EADDRINUSE)
            return busyPort(address, port);
        return systemError(what, errno);
    }
    const quint16 bound = boundPort(socket.get());
    return std::unique_ptr<Listener>(new Listener(std::move(socket), {address, bound, {}}));
}

Result<std::unique_ptr<Listener>> Listener::onPath(const QString &path)
{
    const QString what = QStringLiteral("listening on %1").arg(path);
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (name.isEmpty() || size_t(name.size()) >= sizeof address.sun_path)
        return Error{ErrorCode::InvalidArgument,
                     QStringLiteral("a socket's path has 1 to 107 bytes, this one has %1: %2")
                         .arg(name.size())
                         .arg(path),
                     {}};
    std::memcpy(address.sun_path, name.constData(), size_t(name.size()));
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket)
        return systemError(what, errno);
    // The mode of the socket's inode, before bind, is that of the file: no moment with more rights.
    ::fchmod(socket.get(), 0600);
    if (::bind(socket.get(), generic(&address), sizeof address) != 0) {
        if (errno == EADDRINUSE)
            return Error{
                ErrorCode::AlreadyExists, QStringLiteral("%1 exists already").arg(path), {}};
        return systemError(what, errno);
    }
    ::chmod(name.constData(), 0600);
    if (::listen(socket.get(), backlog) != 0)
        return systemError(what, errno);
    return std::unique_ptr<Listener>(new Listener(std::move(socket), {{}, 0, path}));
}

Listener::Accepted Listener::accept()
{
    for (;;) {
        UniqueFd socket(::accept4(m_socket.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (socket) {
            const int on = 1;
            if (!m_endpoint.isLocal()) {
                // Answers are written whole: waiting for more to send would only cost 40 ms.
                ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
                ::setsockopt(socket.get(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
            }
            return {std::move(socket), false};
        }
        switch (errno) {
        case EMFILE:
        case ENFILE:
        case ENOBUFS:
        case ENOMEM:
            return {{}, true};
        case EAGAIN:
            return {};
        case EBADF:
        case EINVAL:
        case ENOTSOCK:
            return {{},
                    true}; // nothing of this can happen to a listening socket; do not spin on it
        default:
            continue; // the one that waited has gone: ECONNABORTED, EPROTO, network errors
        }
    }
}

void Listener::setAccepting(bool on)
{
    m_notifier->setEnabled(on);
}

} // namespace quarry::http
