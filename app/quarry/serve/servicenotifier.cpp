// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "serve/servicenotifier.h"

#include "base/uniquefd.h"

#include <cstddef>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>

namespace quarry::cli {

ServiceNotifier::ServiceNotifier() : m_socket(qgetenv("NOTIFY_SOCKET"))
{
    qunsetenv("NOTIFY_SOCKET");
}

void ServiceNotifier::tell(const QByteArray &state) const
{
    sockaddr_un address = {};
    if (m_socket.isEmpty() || m_socket.size() >= qsizetype(sizeof address.sun_path))
        return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, m_socket.constData(), size_t(m_socket.size()));
    if (address.sun_path[0] == '@')
        address.sun_path[0] = '\0'; // an abstract one
    const UniqueFd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const auto *raw = static_cast<const sockaddr *>(static_cast<const void *>(&address));
    const auto size = socklen_t(offsetof(sockaddr_un, sun_path) + size_t(m_socket.size()));
    // Nobody to tell it to when this fails.
    ::sendto(socket.get(), state.constData(), size_t(state.size()), MSG_NOSIGNAL, raw, size);
}

} // namespace quarry::cli
