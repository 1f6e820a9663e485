// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A blocking HTTP client that can also misbehave.
#pragma once

#include "base/uniquefd.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace quarry::http::test {

struct Reply {
    int status = 0; // 0: none came
    QByteArray head;
    QByteArray body;
    bool whole = false;

    QByteArray field(QByteArrayView name) const;
};

class Client
{
public:
    explicit Client(quint16 port);
    explicit Client(const QString &path);

    bool isConnected() const { return m_connected; }
    int descriptor() const { return m_socket.get(); }

    bool send(QByteArrayView bytes); // false: the server does not take it
    Reply read(bool toHead = false); // one answer, of any framing
    Reply call(QByteArrayView request)
    {
        send(request);
        return read();
    }
    // Everything until the server ends the connection; what is missing is seen by ended().
    QByteArray readAll();
    bool ended() const { return m_ended; }

    void shutdownWrite();
    void reset(); // closes with a RST
    void close() { m_socket.reset(); }
    void shrinkReceiveBuffer();

private:
    bool more();
    QByteArray take(qsizetype size);
    bool readChunked(QByteArray &body);

    UniqueFd m_socket;
    QByteArray m_buffer;
    bool m_connected = false;
    bool m_ended = false;
};

} // namespace quarry::http::test
