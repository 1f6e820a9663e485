// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A viewer of a terminal of a running engine: its WebSocket, over the unix socket.
#pragma once

#include "base/result.h"
#include "client/client.h"
#include "client/sendqueue.h"
#include "client/websocketcodec.h"

#include <QJsonObject>
#include <QObject>

class QSocketNotifier;

namespace quarry::client {

// Lives on a thread with an event loop. Destroying it leaves the terminal as it is.
class TerminalStream : public QObject
{
    Q_OBJECT
public:
    explicit TerminalStream(Upgraded connection, QObject *parent = nullptr);
    ~TerminalStream() override;

    void type(const QByteArray &bytes);
    void resize(int rows, int columns);
    void takeOver();
    void giveBack();
    qint64 bytesQueued() const { return m_out.size(); }
    // Whether more output is wanted; off at first.
    void setReading(bool on);

Q_SIGNALS:
    void shown(const QByteArray &bytes);
    // {name, kind, rows, cols, read_only, taken_over, …}: at first, and at every change.
    void stateChanged(const QJsonObject &state);
    void refused(const QString &message); // of what was asked
    // One of these two, once, and nothing after it. -1: no code is known.
    void ended(const QString &reason, int exitCode);
    void failed(const quarry::Error &error);
    void sent(); // bytesQueued() fell below 128 KiB

private:
    void send(WebSocketOpcode opcode, QByteArrayView payload);
    void tell(const QJsonObject &message);
    void receive();
    void take(QByteArrayView bytes);
    void takeText(const QJsonObject &message);
    void finish();
    void fail(const Error &error);

    UniqueFd m_socket;
    QByteArray m_first; // came with the answer
    SendQueue m_out;
    WebSocketReader m_reader;
    bool m_over = false;
    QSocketNotifier *m_readable;
};

} // namespace quarry::client
