// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A command in a sandbox over an upgraded connection ("quarry-exec"): frames of a type byte, a
// little-endian u32 length and at most 64 KiB, both ways.
#pragma once

#include "base/result.h"
#include "client/client.h"
#include "client/sendqueue.h"

#include <QObject>

class QSocketNotifier;

namespace quarry::client {

// Lives on a thread with an event loop. Destroying it closes the connection, which kills the
// command.
class ExecStream : public QObject
{
    Q_OBJECT
public:
    explicit ExecStream(Upgraded connection, QObject *parent = nullptr);
    ~ExecStream() override;

    void sendInput(const QByteArray &bytes);
    void endInput();
    void resize(int rows, int columns);
    void sendSignal(int number);
    // Frames that the kernel has not taken yet; keep it bounded by waiting for sent().
    qint64 bytesQueued() const { return m_out.size(); }
    // Whether more output is wanted; off at first.
    void setReading(bool on);

Q_SIGNALS:
    void outputReceived(const QByteArray &bytes);
    void errorReceived(const QByteArray &bytes);
    // One of these two, once, and nothing after it. A code of 128+n is signal n.
    void exited(int code);
    void failed(const quarry::Error &error);
    void sent(); // bytesQueued() fell below 128 KiB

private:
    void sendFrame(quint8 type, QByteArrayView payload);
    void receive();
    void takeFrames();
    void takeFrame(quint8 type, const QByteArray &payload);
    void fail(const Error &error);

    UniqueFd m_socket;
    QByteArray m_in;
    SendQueue m_out;
    bool m_over = false;
    bool m_reading = false;
    QSocketNotifier *m_readable;
};

} // namespace quarry::client
