// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who is at the other end of a connection.
#pragma once

#include <QHostAddress>

#include <optional>
#include <sys/types.h>

namespace quarry::http {

struct Peer {
    enum class Transport { Tcp, Local };

    Transport transport = Transport::Tcp;
    QHostAddress address; // IPv4-mapped addresses are plain IPv4 here; null for Local
    quint16 port = 0;
    QHostAddress localAddress; // our end; null for Local
    quint16 localPort = 0;
    // The user that owns the other end, as the kernel said when the connection was accepted: on a
    // unix socket by SO_PEERCRED, on loopback TCP by sock_diag. None: not known. That is never
    // "root": a caller that half-closed or left before we looked, one from another machine, and one
    // whose user has no number here are all nobody.
    std::optional<uid_t> uid;

    bool isLocal() const { return transport == Transport::Local; }
    bool isLoopback() const { return isLocal() || address.isLoopback(); }
};

} // namespace quarry::http
