// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One request and its answer.
#pragma once

#include "base/result.h"
#include "http/peer/peer.h"
#include "http/message/request.h"
#include "http/stream.h"

#include <QByteArray>
#include <QHash>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

class QTimer;
class QWebSocket;

namespace quarry::http {

class Connection;
class Exchange;
struct Rejection;

// A handler keeps the pointer for as long as it means to answer. When the last one is gone and
// nothing was answered, the client gets a 500; after the answer it may be dropped at any time.
using ExchangePtr = std::shared_ptr<Exchange>;
using Handler = std::function<void(const ExchangePtr &)>;

// Takes a body piece by piece. `done` comes exactly once, with success only after the last byte.
struct BodySink {
    std::function<void(QByteArrayView)> data; // the bytes are valid during the call only
    Callback<void> done; // also when the last ExchangePtr is dropped before: Cancelled
};

// What a connection has become by an upgrade.
struct UpgradedStream {
    // Not reading yet: connect readable(), then setReading(true). No limit of the server holds for
    // it any more; at the server's stop its both directions are shut down at the deadline.
    std::unique_ptr<Stream> stream;
    QByteArray first; // what came behind the request: comes before what the stream reads
};

// Lives on its server's thread, like all of this room. After the client is gone, or once answered,
// every call is allowed and does nothing.
class Exchange : public QObject
{
    Q_OBJECT
public:
    ~Exchange() override;

    const Request &request() const { return m_request; }
    const Peer &peer() const { return m_peer; }

    // The values of "{name}" in the matched route's pattern, decoded; and as they came.
    QString pathParam(const QString &name) const { return m_params.value(name).first; }
    QByteArray rawPathParam(const QString &name) const { return m_params.value(name).second; }

    // What the request is about ("sb-7f3a"), for whoever observes the server.
    void setSubject(const QString &subject) { m_subject = subject; }

    // ---- the request's body: one of these two, at most once. "100 Continue" goes out here when
    // the client waits for it. `maxBytes` 0 is the route's maxBody, else the server's (maxUpload
    // for streamBody). On failure (too large 413, broken 400, too slow 408, client gone) the client
    // HAS been answered already; the error is for cleaning up: LimitExceeded, InvalidArgument,
    // Timeout, ConnectionLost.
    void readBody(qint64 maxBytes, Callback<QByteArray> done);
    void streamBody(qint64 maxBytes, BodySink sink);
    // Back-pressure for streamBody. After pauseBody() at most the rest of the piece in hand comes.
    void pauseBody();
    void resumeBody();

    // ---- the answer. Content-Length, Transfer-Encoding, Connection and Date are ours: they are
    // taken out of what is given. A status below 200 or a field with a line break: a 500 goes out
    // instead. The body of an answer to HEAD, 204 or 304 is not sent.
    void respond(int status, Fields fields, QByteArray body);
    // Stand in whatever answer goes out, also in one that is not the handler's.
    void addFields(Fields fields) { m_added = std::move(fields); }
    // {"detail": message} as JSON.
    void respondError(int status, const QString &message, Fields fields = {});
    // Piece by piece: chunked when the length is not given (HTTP/1.0: until the end of the
    // connection). Writing less or more than a given length cuts the connection.
    void beginResponse(int status, Fields fields, std::optional<qint64> contentLength = {});
    void write(QByteArray piece);
    void finish();
    // Gives up an answer that has begun: the connection is cut, so that the client sees it is not
    // whole.
    void abort();

    // For a call that may take long and answers JSON: `first` from now a 200 with `fields` goes
    // out, then a space every `interval`, until respond() or beginResponse() and write() add the
    // body (their status, fields and length are then ignored). An answer before `first` goes out as
    // if this had not been called.
    void keepAlive(std::chrono::milliseconds first, std::chrono::milliseconds interval,
                   Fields fields);

    // The connection becomes a WebSocket. A request that is not a proper handshake (RFC 6455 4.2.1)
    // is answered 400 or 426 and `done` gets an error. `subprotocol`: the one chosen among the
    // client's, or empty. The checks of Origin and the like are the caller's, before. The receiver
    // owns the socket.
    bool isWebSocketHandshake() const;
    void acceptWebSocket(const QString &subprotocol, Callback<QWebSocket *> done);

    // The connection becomes a stream of bytes in `protocol` (RFC 9110 7.8): 101 goes out. The
    // request must ask for it, and its body must have been read: else 426 or 400 is answered and
    // `done` gets an error.
    bool wantsUpgradeTo(QByteArrayView protocol) const;
    void acceptUpgrade(const QByteArray &protocol, Callback<UpgradedStream> done);

    bool isAnswered() const
    {
        return m_state != State::Open;
    } // respond() or beginResponse() was called
    bool isAborted() const { return m_aborted; }
    bool isFinished() const { return m_state == State::Finished; }
    // Bytes of the answer that the kernel has not taken yet.
    qint64 bytesToWrite() const;

Q_SIGNALS:
    // The client is gone or the connection was cut before the answer was finished. At most once.
    void aborted();
    // bytesToWrite() fell below 64 KiB after it had been above.
    void drained();

private:
    friend class Connection;
    friend class Router;
    enum class State { Open, Begun, Finished };
    enum class Framing { Length, Chunked, UntilClose };
    enum class Body { Unread, Wanted, Ended };

    Exchange(Connection *connection, Request request, Peer peer);
    void released(); // by the last ExchangePtr
    std::optional<Error> refusedUpgrade(std::optional<Rejection> fault, Fields fields);
    bool mayAnswer() const { return m_connection && m_state == State::Open && !m_early; }

    // The request's body, from the connection.
    bool wantsBody() const { return m_body == Body::Wanted && !m_paused; }
    void takeBody(QByteArrayView data);
    void endBody(Result<void> result);

    void keep(QByteArray &kept, QByteArrayView data) const;
    void addTo(Fields &fields) const;
    void sendEarly();
    void finishEarly(const QByteArray &body);
    void sendPiece(QByteArray piece);
    void markFinished();
    void detach(bool clientGone); // from the connection: nothing more can be sent

    Connection *m_connection; // null once the answer or the connection has ended
    Request m_request;
    Peer m_peer;
    QHash<QString, std::pair<QString, QByteArray>> m_params;

    State m_state = State::Open;
    int m_status = 0; // of the answer's head
    qint64 m_sent = 0; // bytes of the answer, with its head
    std::chrono::steady_clock::time_point m_began; // none: nobody looked
    QString m_subject;
    qsizetype m_bodyKept = 0; // bytes of each body, for who observes
    QByteArray m_keptRequest;
    QByteArray m_keptAnswer;
    Framing m_framing = Framing::Length;
    qint64 m_left = 0; // of a given length
    bool m_bodyless = false;
    bool m_aborted = false;
    bool m_high = false; // above the mark whose undershooting is drained()

    Body m_body = Body::Unread;
    bool m_paused = false;
    qint64 m_routeMax = 0; // 0: the server's
    qint64 m_bodyMax = 0;
    qint64 m_bodyReceived = 0;
    BodySink m_sink;

    std::unique_ptr<QTimer> m_keepAlive;
    std::chrono::milliseconds m_interval{0};
    Fields m_earlyFields;
    Fields m_added;
    bool m_early = false; // keepAlive() has sent the head
};

} // namespace quarry::http
