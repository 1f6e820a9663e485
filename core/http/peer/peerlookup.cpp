// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/peer/peerlookup.h"

#include <QtEndian>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace quarry::http {

namespace {

// What the kernel answers for a user that has no number in our user namespace.
constexpr uid_t overflowUid = 65534;

std::optional<uid_t> known(uid_t uid)
{
    return uid == overflowUid || uid == uid_t(-1) ? std::nullopt : std::optional(uid);
}

QHostAddress plainAddress(const QHostAddress &address)
{
    bool mapped = false;
    const quint32 v4 = address.toIPv4Address(&mapped);
    return mapped ? QHostAddress(v4) : address;
}

std::pair<QHostAddress, quint16> fromSockaddr(const sockaddr_storage &storage)
{
    if (storage.ss_family == AF_INET) {
        sockaddr_in in{};
        std::memcpy(&in, &storage, sizeof in);
        return {QHostAddress(ntohl(in.sin_addr.s_addr)), ntohs(in.sin_port)};
    }
    if (storage.ss_family == AF_INET6) {
        sockaddr_in6 in6{};
        std::memcpy(&in6, &storage, sizeof in6);
        Q_IPV6ADDR bytes;
        std::memcpy(&bytes, &in6.sin6_addr, sizeof bytes);
        return {plainAddress(QHostAddress(bytes)), ntohs(in6.sin6_port)};
    }
    return {};
}

void putAddress(__be32 (&out)[4], const QHostAddress &address)
{
    std::fill(std::begin(out), std::end(out), 0u);
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        out[0] = qToBigEndian(address.toIPv4Address());
    } else {
        const Q_IPV6ADDR bytes = address.toIPv6Address();
        std::memcpy(out, &bytes, sizeof bytes);
    }
}

bool isEstablished(int socket)
{
    tcp_info info{};
    socklen_t size = sizeof info;
    return ::getsockopt(socket, IPPROTO_TCP, TCP_INFO, &info, &size) == 0
        && info.tcpi_state == TCP_ESTABLISHED;
}

} // namespace

PeerLookup::PeerLookup()
    : m_netlink(::socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG))
{
    // The kernel answers within the send; a bound on the wait keeps a surprise from blocking us.
    const timeval wait{0, 100'000};
    ::setsockopt(m_netlink.get(), SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
}

Peer PeerLookup::identify(int socket)
{
    Peer peer;
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    if (::getsockname(socket, static_cast<sockaddr *>(static_cast<void *>(&storage)), &size) != 0)
        return peer;
    if (storage.ss_family == AF_UNIX) {
        peer.transport = Peer::Transport::Local;
        ucred credentials{};
        socklen_t length = sizeof credentials;
        if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0
            && credentials.pid > 0)
            peer.uid = known(credentials.uid);
        return peer;
    }
    std::tie(peer.localAddress, peer.localPort) = fromSockaddr(storage);
    size = sizeof storage;
    if (::getpeername(socket, static_cast<sockaddr *>(static_cast<void *>(&storage)), &size) != 0)
        return peer;
    std::tie(peer.address, peer.port) = fromSockaddr(storage);
    if (peer.address.isLoopback() && peer.localAddress.isLoopback())
        peer.uid = tcpOwner(socket, peer);
    return peer;
}

std::optional<uid_t> PeerLookup::tcpOwner(int socket, const Peer &peer)
{
    const std::optional<Entry> entry = find(peer);
    // A socket whose owner has closed it (FIN_WAIT, TIME_WAIT) answers uid 0 without an inode.
    if (!entry || entry->state != TCP_ESTABLISHED || entry->inode == 0)
        return {};
    // While our end is established too, nobody else can have taken the client's address and port:
    // what was found is this connection's other end.
    if (!isEstablished(socket))
        return {};
    return known(entry->uid);
}

std::optional<PeerLookup::Entry> PeerLookup::find(const Peer &peer)
{
    struct {
        nlmsghdr header;
        inet_diag_req_v2 request;
    } ask{};
    ask.header.nlmsg_len = sizeof ask;
    ask.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    ask.header.nlmsg_flags = NLM_F_REQUEST;
    const bool v4 = peer.address.protocol() == QAbstractSocket::IPv4Protocol;
    ask.request.sdiag_family = v4 ? AF_INET : AF_INET6;
    ask.request.sdiag_protocol = IPPROTO_TCP;
    ask.request.idiag_states = ~0u;
    ask.request.id.idiag_sport = qToBigEndian(peer.port);
    ask.request.id.idiag_dport = qToBigEndian(peer.localPort);
    putAddress(ask.request.id.idiag_src, peer.address);
    putAddress(ask.request.id.idiag_dst, peer.localAddress);
    ask.request.id.idiag_cookie[0] = ask.request.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;

    // An answer that came too late for an earlier question must not answer this one.
    ask.header.nlmsg_seq = ++m_asked;
    if (::send(m_netlink.get(), &ask, sizeof ask, 0) != ssize_t(sizeof ask))
        return {};
    std::array<char, 4096> buffer;
    for (;;) {
        const ssize_t got = ::recv(m_netlink.get(), buffer.data(), buffer.size(), 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < ssize_t(sizeof(nlmsghdr)))
            return {};
        nlmsghdr header;
        std::memcpy(&header, buffer.data(), sizeof header);
        if (header.nlmsg_seq != ask.header.nlmsg_seq)
            continue;
        if (header.nlmsg_type != SOCK_DIAG_BY_FAMILY
            || got < ssize_t(NLMSG_LENGTH(sizeof(inet_diag_msg))))
            return {};
        inet_diag_msg message;
        std::memcpy(&message, buffer.data() + NLMSG_HDRLEN, sizeof message);
        return Entry{message.idiag_state, message.idiag_inode, message.idiag_uid};
    }
}

bool PeerLookup::hasLeft(int socket, const Peer &peer)
{
    pollfd look{socket, 0, 0};
    if (::poll(&look, 1, 0) > 0 && (look.revents & (POLLHUP | POLLERR)) != 0)
        return true;
    if (peer.isLocal() || !peer.address.isLoopback() || !peer.localAddress.isLoopback())
        return false;
    const std::optional<Entry> entry = find(peer);
    return entry && entry->inode == 0;
}

} // namespace quarry::http
