// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One client's connection: requests in, answers out, in their order, within the limits.
#pragma once

#include "http/answerqueue.h"
#include "http/exchange.h"
#include "http/message/headscanner.h"
#include "http/message/limits.h"
#include "http/message/requestreader.h"
#include "http/stream.h"

#include <QObject>

#include <limits>
#include <memory>
#include <optional>

namespace quarry::http {

class Server;

class Connection : public QObject
{
    Q_OBJECT
public:
    Connection(Server *server, UniqueFd socket, Peer peer);
    ~Connection() override;

    // Takes the first bytes; or only says that there is no place (503).
    void start();
    void refuse();

    const Limits &limits() const;
    static constexpr qint64 never = std::numeric_limits<qint64>::max();
    // When expire() wants to be called, in milliseconds of the monotonic clock.
    qint64 deadline() const { return m_deadline; }
    void expire(qint64 now);
    // Finishes what runs and closes; at once when nothing runs.
    void stop();
    // Closes at once, whatever runs.
    void close();

    // How gladly this one is given up for a newcomer: 0 not at all, more is sooner.
    int expendability(qint64 now) const;
    qint64 idleSince() const { return m_idleSince; }

    // ---- for Exchange
    void bodyWanted(Exchange *exchange);
    void schedule(); // looks at the input again, from the event loop
    // Whether another request can follow the answer; decides it for good.
    // (`bodyIsRead`: what is left of its body will be read although the answer has begun).
    bool keepsOpen(Exchange *exchange, bool bodyIsRead = false);
    void closeAfter(Exchange *exchange);
    void send(Exchange *exchange, QByteArray bytes);
    void pump(); // hands over what is sent
    void answered(Exchange *exchange);
    void cut(); // from the event loop
    void forget(Exchange *exchange);
    // Tells who looks on that it is over.
    void observe(const Exchange &exchange);
    qint64 queued(const Exchange *exchange) const { return m_answers.bytesOf(exchange); }
    bool canUpgrade(const Exchange *exchange) const;
    void upgradeToWebSocket(Exchange *exchange, const QString &subprotocol,
                            Callback<QWebSocket *> done);
    void upgradeToStream(Exchange *exchange, QByteArray head, Callback<UpgradedStream> done);

private:
    // What the next bytes of the input are.
    enum class Phase {
        Head,   // a request's head
        Held,   // m_next, which waits for its turn
        Body,   // the body of m_incoming
        Closed, // nothing that matters: the last answers go out
        Linger, // nothing that matters: all answers are out, the client may still be sending
    };
    struct Next {
        Request request;
        std::unique_ptr<RequestReader> reader;
    };

    void onReadable();
    void onEnd();
    void process();
    bool step(); // false: needs more input, or someone to ask for it
    bool readHead();
    bool acceptHead(qsizetype size);
    bool startNext();
    bool readBody();
    void endIncoming(Result<void> result);
    void failBody(int status, ErrorCode code, const QString &message);
    void reject(const Rejection &rejection);
    bool isTooMuchLeft() const;
    void popAnswers();
    void linger();
    void updateReading();
    void updateDeadline();
    qint64 deadlineNow();
    void letGo(Exchange *exchange, bool unsent);

    Server *m_server;
    Stream *m_stream;
    Peer m_peer;
    Phase m_phase = Phase::Head;
    QByteArray m_input;
    HeadScanner m_scanner;
    std::optional<Next> m_next;
    Exchange *m_incoming = nullptr;
    std::unique_ptr<RequestReader> m_reader; // of the incoming body
    qint64 m_bodyLeft = -1;                  // of a declared length; -1: chunked
    bool m_expects = false; // "100 Continue" has to be sent before the body is read
    AnswerQueue m_answers;

    bool m_fresh = true;   // no byte has come yet
    bool m_ended = false;  // the client sends no more
    bool m_last = false;   // no request after the incoming one
    bool m_closed = false;
    bool m_blocked = false; // enough requests are in work
    bool m_processing = false;
    bool m_scheduled = false;

    qint64 m_deadline = never;
    qint64 m_idleSince;
    qint64 m_headSince = 0;
    qint64 m_bodyDeadline = 0;  // 0: not waiting for a body
    qint64 m_writeDeadline = 0; // 0: not waiting for the client to read
    qint64 m_lingerEnd = 0;
    qint64 m_lastInput = 0;
};

// Milliseconds of the monotonic clock.
qint64 monotonicNow();

} // namespace quarry::http
