// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// An agent made of script: speaks the protocol from the sandbox's side, for tests of what uses an
// AgentClient. Honours no credit: keep what is sent on a stream below streamWindow.
#pragma once

#include "agent/wire/framereader.h"
#include "agent/wire/messages.h"
#include "base/uniquefd.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace quarry::fakes {

// Same thread as the client, with a running event loop.
class FakeAgent : public QObject
{
    Q_OBJECT
public:
    explicit FakeAgent(QObject *parent = nullptr);

    // The engine's end of the stream: give it to an AgentClient. Once.
    UniqueFd takeStream() { return std::move(m_engineEnd); }

    void sayHello(const agent::Hello &hello = {}); // nothing is said before
    void sendMessage(quint32 stream, const agent::Encoder &message);
    void sendData(quint32 stream, const QByteArray &data, quint8 channel = 0);
    void sendEnd(quint32 stream);
    void sendClose(quint32 stream, const agent::Failure &failure = {});
    void sendRaw(const QByteArray &bytes); // garbage, for instance
    void hangUp();

    // A spawned program's whole life.
    void answerSpawn(quint32 stream, const QByteArray &output, int code, int signal = 0);

    const agent::Config &config() const { return m_config; } // once configured()

Q_SIGNALS:
    void configured();
    void opened(quint32 stream, quarry::agent::StreamKind kind, const QByteArray &request);
    void messageArrived(quint32 stream, const QByteArray &message);
    void dataArrived(quint32 stream, const QByteArray &data); // credit for it has been given
    void ended(quint32 stream);
    void closed(quint32 stream); // by the engine; answered already
    void disconnected();         // the engine hung up

private:
    void readable();
    void take(const agent::FrameHeader &header, agent::Bytes payload);
    void send(agent::FrameType type, quint32 stream, agent::Bytes payload);

    UniqueFd m_engineEnd;
    UniqueFd m_fd;
    std::unique_ptr<QSocketNotifier> m_notifier;
    agent::FrameReader m_reader;
    agent::Config m_config;
    QHash<quint32, bool> m_closing; // open streams; true: our Close has been sent
};

} // namespace quarry::fakes
