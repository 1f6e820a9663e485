// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the kernel whose socket the other end of a connection is.
#pragma once

#include "base/uniquefd.h"
#include "http/peer/peer.h"

#include <optional>

namespace quarry::http {

// One per server; it keeps a netlink socket open (a lookup is a few microseconds). It sees the
// network namespace that it was made in.
class PeerLookup
{
public:
    PeerLookup();

    // Who is connected to this accepted socket. Local addresses are filled in too.
    Peer identify(int socket);

    // After the client's stream has ended: whether it has closed its socket altogether, and not
    // only its own direction. False where that cannot be seen (another machine).
    bool hasLeft(int socket, const Peer &peer);

private:
    struct Entry {
        int state = 0;
        quint32 inode = 0;
        uid_t uid = 0;
    };
    std::optional<Entry> find(const Peer &peer);
    std::optional<uid_t> tcpOwner(int socket, const Peer &peer);

    UniqueFd m_netlink;
    quint32 m_asked = 0;
};

} // namespace quarry::http
