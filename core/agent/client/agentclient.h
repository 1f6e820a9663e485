// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The engine's end of an agent's byte stream (PROTOCOL.md). Whatever the agent sends, the worst
// that comes of it is lost(): frames are bounded, credit bounds what waits, garbage ends the
// connection.
#pragma once

#include "agent/client/agentstream.h"
#include "agent/wire/callmessages.h"
#include "agent/wire/framereader.h"
#include "agent/wire/outbox.h"
#include "agent/wire/processmessages.h"
#include "agent/wire/receivewindow.h"
#include "base/result.h"
#include "base/uniquefd.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <chrono>
#include <memory>

namespace quarry::agent {

class AgentProcess;
struct SpawnSpec;

// What programs in the sandbox begin with.
struct AgentConfig {
    // "NAME=value". Empty: PATH, HOME=/root, USER, LOGNAME, SHELL=/bin/bash and LANG=C.UTF-8.
    QList<QByteArray> environment;
    QByteArray cwd = "/root"; // absolute
    QByteArray token; // what the agent must show; empty over a socket that was given to it
    std::chrono::milliseconds helloTimeout{15'000};
};

// One thread, that of its creation, with a running event loop. Destroying it hangs up: the agent,
// and with it the sandbox, ends.
class AgentClient : public QObject
{
    Q_OBJECT
public:
    // STREAM is a connected stream socket.
    explicit AgentClient(UniqueFd stream, QObject *parent = nullptr);
    ~AgentClient() override;

    // Once. READY comes when the agent has said hello and has its configuration, or with Timeout,
    // Unsupported (another version), PermissionDenied (wrong token), ConnectionLost.
    void start(const AgentConfig &config, Callback<void> ready);
    bool isReady() const { return m_ready && !m_lost; }
    bool isLost() const { return m_lost; }
    quint32 capabilities() const { return m_hello.capabilities; } // Capability bits

    // The program's stream; owned by this unless the caller gives it another parent. Never null:
    // failures come as its failed().
    AgentProcess *spawn(const SpawnSpec &spec);

    // One question, one answer. Paths are bytes as the sandbox's disk has them, relative ones start
    // at AgentConfig::cwd. Timeout after 30 s, ConnectionLost when the stream ends meanwhile.
    // CONTEXT: when it dies first, the callback does not come.
    void stat(const QByteArray &path, bool followLink, QObject *context, Callback<FileInfo> done);
    // One page from CURSOR (0: the start) on; go on with FileList::next until that is 0.
    void list(const QByteArray &path, quint64 cursor, QObject *context, Callback<FileList> done);
    void rename(const QByteArray &from, const QByteArray &to, QObject *context,
                Callback<void> done);
    // RECURSIVE may take long: 10 minutes.
    void remove(const QByteArray &path, bool recursive, QObject *context, Callback<void> done);
    // PARENTS: makes missing ones, and an existing folder is fine.
    void makeFolder(const QByteArray &path, quint32 mode, bool parents, QObject *context,
                    Callback<void> done);
    void changeMode(const QByteArray &path, quint32 mode, QObject *context, Callback<void> done);
    void statistics(QObject *context, Callback<Statistics> done);
    // Whatever stands in it comes from the sandbox: bytes of any kind.
    void processes(QObject *context, Callback<ProcessList> done);
    // InvalidArgument for what carries the sandbox itself; ConnectionLost for one that has ended.
    void signalProcess(const SignalRequest &request, QObject *context, Callback<void> done);

Q_SIGNALS:
    // The stream is over, and why. Once; all streams have been told before. Not when this is
    // destroyed.
    void lost(const quarry::Error &error);

private:
    friend class AgentStream;
    // What is known of a stream until the agent's Close: it may outlive its AgentStream.
    struct Entry {
        QPointer<AgentStream> stream;
        ReceiveWindow window;
        bool agentEnded = false;
    };

    quint32 openStream(AgentStream *stream, StreamKind kind, Encoder &&request);
    void queueFrame(quint32 id, FrameType type, Payload payload);
    void closeStream(quint32 id);
    void consumeFor(quint32 id, qint64 count);
    void protocolViolation(const QString &what);

    void readable();
    void takeFrame(const FrameHeader &header, Bytes payload);
    void takeHello(const FrameHeader &header, Bytes payload);
    void takeStreamFrame(const FrameHeader &header, Bytes payload);
    void takeData(Entry &entry, std::uint8_t channel, Bytes payload);
    void takeCredit(quint32 id, Bytes payload);
    void takeClose(quint32 id, Bytes payload);
    void sendConfig();
    void scheduleFlush();
    void flush();
    void tellSent();
    void lose(const Error &error);
    void answerReady(Result<void> result);

    UniqueFd m_fd;
    QSocketNotifier m_readNotifier;
    QSocketNotifier m_writeNotifier;
    QTimer m_deadline;
    AgentConfig m_config;
    Callback<void> m_readyCallback;
    Hello m_hello;
    FrameReader m_reader;
    Outbox m_outbox;
    QHash<quint32, std::shared_ptr<Entry>> m_entries;
    quint32 m_lastId = 0;
    bool m_ready = false;
    bool m_lost = false;
    bool m_flushScheduled = false;
};

} // namespace quarry::agent
