// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes that wait until a socket that does not block takes them.
#pragma once

#include <QByteArray>
#include <QObject>

class QSocketNotifier;

namespace quarry::client {

// Lives on a thread with an event loop; SOCKET must outlive it.
class SendQueue : public QObject
{
    Q_OBJECT
public:
    explicit SendQueue(int socket);
    ~SendQueue() override;

    void append(QByteArrayView bytes);
    qint64 size() const { return m_bytes.size(); }
    // Nothing is sent from now on.
    void stop();

Q_SIGNALS:
    void drained(); // size() fell below 128 KiB

private:
    void flush();

    int m_socket;
    QByteArray m_bytes;
    QSocketNotifier *m_writable;
};

} // namespace quarry::client
