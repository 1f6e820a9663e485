// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One stream to the agent as the engine sees it: the base of processes, files, connections,
// sessions.
#pragma once

#include "agent/wire/messages.h"
#include "base/result.h"

#include <QByteArray>
#include <QObject>
#include <QPointer>

namespace quarry::agent {

class AgentClient;

// Lives on the client's thread. Destroying it before the end closes the stream: the agent then
// stops what it does for it (a program's tree is killed, a file half written leaves nothing).
//
// A derived class overrides the handlers, gives its request to open() from its constructor or
// later, and may destroy itself (deleteLater) in any of them; deleting at once is allowed only
// outside them. Handlers run from the event loop, never inside a call made to the stream.
class AgentStream : public QObject
{
    Q_OBJECT
public:
    ~AgentStream() override;

    bool isOpen() const { return m_id != 0; }
    // Data bytes given to send() that have not left yet. Keep it bounded: wait for sent().
    qint64 bytesQueued() const;
    AgentClient *client() const;

protected:
    // CLIENT may go at any time: then handleClosed() comes with ConnectionLost.
    AgentStream(AgentClient *client, QObject *parent);

    // REQUEST is what follows the kind in the Open frame (at most payloadMax - 1 bytes). Works
    // before the agent has said hello; when the connection is lost already, handleClosed() follows
    // from the loop.
    void open(StreamKind kind, Encoder &&request);

    // All in order. Nothing happens on a stream that is not open.
    void send(std::uint8_t channel, QByteArray data); // any size; waits for credit inside
    void sendMessage(Encoder &&message);
    void sendEnd();
    // COUNT of the received data bytes are dealt with: the agent may send as many more.
    void consume(qint64 count);
    // Gives the stream up; handleClosed() does not come any more.
    void close();
    // The agent broke the protocol: the whole connection ends with lost(Error) saying WHAT was
    // wrong.
    void violation(const QString &what);

    // At most streamWindow bytes are unconsumed at any time; BYTES is valid during the call.
    virtual void handleData(std::uint8_t channel, Bytes bytes);
    virtual void handleMessage(Decoder message);
    virtual void handleEnd(); // no more data from the agent
    // The stream is over: FAILURE tells why, ok() for an orderly end. The last call.
    virtual void handleClosed(Result<void> result, const Failure &failure) = 0;
    // bytesQueued() fell below half a window after having been above.
    virtual void handleSent();

private:
    friend class AgentClient;
    QPointer<AgentClient> m_client;
    quint32 m_id = 0;
};

// The Error of what the agent told: System by errno, NotStarted as CommandFailed with details
// {"exit_code":126|127,"errno":…}, others by kind.
Error toError(const Failure &failure);

} // namespace quarry::agent
