// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One connection to a unix socket, used from one thread that may wait.
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"

#include <QByteArray>
#include <QByteArrayView>

#include <chrono>
#include <optional>

namespace quarry::client {

// How long a wait for the other side's next bytes may be; absent: as long as it takes.
using Patience = std::optional<std::chrono::milliseconds>;

class Connection
{
public:
    // WrongState when nobody listens at PATH.
    static Result<Connection> open(const QString &path, int abortDescriptor);

    // Timeout, ConnectionLost, or Cancelled as soon as the abort descriptor is readable.
    Result<void> send(QByteArrayView bytes, Patience patience);
    // At most 64 KiB, appended; nothing appended means the other side has ended.
    Result<void> receive(QByteArray &buffer, Patience patience);

    // Hands the socket out, non-blocking; the connection is of no use afterwards.
    UniqueFd release() { return std::move(m_socket); }

private:
    Connection(UniqueFd socket, int abortDescriptor);
    Result<void> await(short events, Patience patience);

    UniqueFd m_socket;
    int m_abortDescriptor; // -1: none
};

} // namespace quarry::client
