// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of one connection, in both directions, without blocking.
#pragma once

#include "base/uniquefd.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QObject>

#include <deque>

class QSocketNotifier;

namespace quarry::http {

// Over a descriptor and not a QTcpSocket, because that one closes both directions as soon as the
// client has shut down its own (a client may do so and still wait for its answer). An encrypted
// stream has the same face.
class Stream : public QObject
{
    Q_OBJECT
public:
    // A connected, non-blocking stream socket.
    explicit Stream(UniqueFd socket, QObject *parent = nullptr);
    ~Stream() override;

    enum class ReadResult { Data, Nothing, End, Failed };
    // Appends at most 64 KiB.
    ReadResult read(QByteArray &buffer);
    // Reads and throws away about `size` bytes at most.
    ReadResult discard(qsizetype size);
    void setReading(bool on);

    // Queues without copying; flush() hands over what the kernel takes, the rest goes when it can.
    void write(QByteArray bytes);
    void flush();
    qint64 bytesToWrite() const { return m_queued; }
    // After an empty queue: the client sees the end of the answer, and may still send.
    void shutdownWrite();
    // Ends both directions: reading sees the end, writing fails.
    void abort();

    int descriptor() const { return m_socket.get(); }
    // Gives the socket away; the stream is of no use afterwards.
    UniqueFd release();

Q_SIGNALS:
    void readable();
    void written(qint64 bytes); // by the notifier, never inside flush()
    void writeFailed(); // from the event loop; at most once

private:
    // Bytes taken by the kernel.
    qint64 send();
    void dropWritten(qint64 bytes);

    UniqueFd m_socket;
    QSocketNotifier *m_readNotifier;
    QSocketNotifier *m_writeNotifier = nullptr;
    std::deque<QByteArray> m_queue;
    qsizetype m_offset = 0; // into the queue's first
    qint64 m_queued = 0;
    bool m_failed = false;
};

} // namespace quarry::http
