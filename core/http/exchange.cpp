// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/exchange.h"

#include "http/connection.h"
#include "http/message/responsehead.h"
#include "http/websocketupgrade.h"

#include <QLoggingCategory>
#include <QTimer>

#include <algorithm>

namespace quarry::http {

namespace {

constexpr qint64 highWater = 64 * 1024;
// A body below this is copied behind its head: one piece, one call of the kernel.
constexpr qsizetype copiedBody = 16 * 1024;
constexpr qint64 firstReserve = 1 << 20;

Q_LOGGING_CATEGORY(log, "quarry.http")

} // namespace

Exchange::Exchange(Connection *connection, Request request, Peer peer)
    : m_connection(connection), m_request(std::move(request)), m_peer(std::move(peer))
{
}

Exchange::~Exchange()
{
    endBody(Error{ErrorCode::Cancelled,
                  QStringLiteral("the request was dropped before its body was read"),
                  {}});
}

void Exchange::released()
{
    if (m_connection && m_state == State::Open && !m_early) {
        qCWarning(log) << "nobody answered" << m_request.method << m_request.path;
        respondError(500, QStringLiteral("the request was not answered"));
    } else if (m_connection && m_state != State::Finished) {
        abort();
    }
    if (m_connection)
        m_connection->forget(this);
    deleteLater();
}

// ---- the request's body

void Exchange::readBody(qint64 maxBytes, Callback<QByteArray> done)
{
    const qint64 usual
        = m_routeMax > 0 || !m_connection ? m_routeMax : m_connection->limits().maxBody;
    const qint64 max = maxBytes > 0 ? maxBytes : usual;
    auto body = std::make_shared<QByteArray>();
    if (m_request.contentLength)
        body->reserve(std::min({*m_request.contentLength, firstReserve, max}));
    streamBody(max,
               {[body](QByteArrayView data) { body->append(data); },
                [body, done = std::move(done)](const Result<void> &result) {
                    if (result)
                        done(std::move(*body));
                    else
                        done(result.error());
                }});
}

void Exchange::streamBody(qint64 maxBytes, BodySink sink)
{
    Q_ASSERT(m_body == Body::Unread);
    m_sink = std::move(sink);
    if (!m_connection || m_state != State::Open) {
        m_body = Body::Wanted;
        QMetaObject::invokeMethod(
            this,
            [this] {
                endBody(
                    Error{ErrorCode::ConnectionLost, QStringLiteral("the client has gone"), {}});
            },
            Qt::QueuedConnection);
        return;
    }
    const qint64 usual = m_routeMax > 0 ? m_routeMax : m_connection->limits().maxUpload;
    m_bodyMax = maxBytes > 0 ? maxBytes : usual;
    m_body = Body::Wanted;
    m_connection->bodyWanted(this);
}

void Exchange::pauseBody()
{
    m_paused = true;
}

void Exchange::resumeBody()
{
    m_paused = false;
    if (m_connection && m_body == Body::Wanted)
        m_connection->schedule();
}

void Exchange::takeBody(QByteArrayView data)
{
    m_bodyReceived += data.size();
    keep(m_keptRequest, data);
    if (m_sink.data && !data.isEmpty())
        m_sink.data(data);
}

void Exchange::keep(QByteArray &kept, QByteArrayView data) const
{
    if (kept.size() < m_bodyKept)
        kept.append(data.first(std::min(data.size(), m_bodyKept - kept.size())));
}

void Exchange::endBody(Result<void> result)
{
    if (m_body != Body::Wanted)
        return;
    m_body = Body::Ended;
    // Moved out first: the sink usually holds the pointer that keeps this exchange alive.
    const BodySink sink = std::exchange(m_sink, {});
    if (sink.done)
        sink.done(std::move(result));
}

// ---- the answer

void Exchange::respond(int status, Fields fields, QByteArray body)
{
    if (!m_connection || m_state != State::Open)
        return;
    if (m_early) {
        finishEarly(body);
        return;
    }
    addTo(fields);
    if (!isSendable(status, fields)) {
        qCWarning(log) << "an answer to" << m_request.path << "cannot be sent: status" << status;
        status = 500;
        fields = {{"Content-Type", "application/json"}};
        body = errorBody(QStringLiteral("the answer could not be written"));
    }
    m_keepAlive.reset();
    m_status = status;
    ResponseHead head{status, fields};
    if (!isBodyless(status))
        head.contentLength = body.size();
    head.minorVersion = m_request.minorVersion;
    head.keepOpen = m_connection->keepsOpen(this);
    QByteArray bytes = makeResponseHead(head);
    if (isBodyless(status) || m_request.method == "HEAD")
        body.clear();
    keep(m_keptAnswer, body);
    if (body.size() < copiedBody)
        bytes += std::exchange(body, {});
    m_connection->send(this, std::move(bytes));
    m_connection->send(this, std::move(body));
    markFinished();
}

void Exchange::addTo(Fields &fields) const
{
    for (const Field &field : m_added)
        fields.set(field.name, field.value);
}

void Exchange::respondError(int status, const QString &message, Fields fields)
{
    fields.set("Content-Type", "application/json");
    respond(status, std::move(fields), errorBody(message));
}

void Exchange::beginResponse(int status, Fields fields, std::optional<qint64> contentLength)
{
    if (!m_connection || m_state != State::Open)
        return;
    if (m_early) { // its head has gone out
        m_keepAlive.reset();
        m_state = State::Begun;
        return;
    }
    addTo(fields);
    if (!isSendable(status, fields) || contentLength.value_or(0) < 0) {
        respond(0, {}, {});
        return;
    }
    m_keepAlive.reset();
    m_state = State::Begun;
    m_status = status;
    m_bodyless = m_request.method == "HEAD" || isBodyless(status);
    ResponseHead head{status, fields};
    head.minorVersion = m_request.minorVersion;
    if (isBodyless(status)) {
        m_framing = Framing::Length;
    } else if (contentLength) {
        m_framing = Framing::Length;
        m_left = *contentLength;
        head.contentLength = contentLength;
    } else if (m_request.minorVersion == 0) {
        m_framing = Framing::UntilClose;
        m_connection->closeAfter(this);
    } else {
        m_framing = Framing::Chunked;
        head.chunked = true;
    }
    head.keepOpen = m_connection->keepsOpen(this, m_body == Body::Wanted);
    m_connection->send(this, makeResponseHead(head));
    m_connection->pump();
}

void Exchange::write(QByteArray piece)
{
    if (!m_connection || m_state != State::Begun || piece.isEmpty())
        return;
    if (m_framing == Framing::Length && !m_bodyless) {
        if (piece.size() > m_left) {
            qCWarning(log) << "more was written than announced for" << m_request.path;
            abort();
            return;
        }
        m_left -= piece.size();
    }
    keep(m_keptAnswer, piece);
    sendPiece(std::move(piece));
    m_connection->pump();
    m_high = m_high || bytesToWrite() > highWater;
}

void Exchange::sendPiece(QByteArray piece)
{
    if (m_bodyless)
        return;
    if (m_framing != Framing::Chunked) {
        m_connection->send(this, std::move(piece));
        return;
    }
    QByteArray size = QByteArray::number(piece.size(), 16) + "\r\n";
    if (piece.size() < copiedBody) {
        m_connection->send(this, size + piece + "\r\n");
        return;
    }
    m_connection->send(this, std::move(size));
    m_connection->send(this, std::move(piece));
    m_connection->send(this, QByteArrayLiteral("\r\n"));
}

void Exchange::finish()
{
    if (!m_connection || m_state != State::Begun)
        return;
    if (m_framing == Framing::Length && m_left > 0 && !m_bodyless) {
        qCWarning(log) << "less was written than announced for" << m_request.path;
        abort();
        return;
    }
    if (m_framing == Framing::Chunked && !m_bodyless)
        m_connection->send(this, QByteArrayLiteral("0\r\n\r\n"));
    markFinished();
}

void Exchange::abort()
{
    if (!m_connection || m_state == State::Finished)
        return;
    m_keepAlive.reset();
    m_state = State::Finished;
    m_connection->observe(*this);
    m_connection->cut();
}

void Exchange::markFinished()
{
    m_state = State::Finished;
    m_connection->observe(*this);
    m_connection->answered(this);
}

qint64 Exchange::bytesToWrite() const
{
    return m_connection ? m_connection->queued(this) : 0;
}

// ---- long calls

void Exchange::keepAlive(std::chrono::milliseconds first, std::chrono::milliseconds interval,
                         Fields fields)
{
    if (!mayAnswer() || m_keepAlive || interval.count() <= 0 || !isSendable(200, fields))
        return;
    m_interval = interval;
    m_earlyFields = std::move(fields);
    m_keepAlive = std::make_unique<QTimer>();
    m_keepAlive->setSingleShot(true);
    connect(m_keepAlive.get(), &QTimer::timeout, this, &Exchange::sendEarly);
    m_keepAlive->start(first);
}

void Exchange::sendEarly()
{
    if (!m_connection)
        return;
    if (!m_early) {
        m_early = true;
        m_status = 200;
        m_bodyless = m_request.method == "HEAD";
        m_framing = m_request.minorVersion == 0 ? Framing::UntilClose : Framing::Chunked;
        if (m_framing == Framing::UntilClose)
            m_connection->closeAfter(this);
        addTo(m_earlyFields);
        ResponseHead head{200, m_earlyFields};
        head.chunked = m_framing == Framing::Chunked;
        head.minorVersion = m_request.minorVersion;
        head.keepOpen = m_connection->keepsOpen(this, m_body == Body::Wanted);
        m_connection->send(this, makeResponseHead(head));
    }
    // A client that does not read gets no more spaces: the write limit decides about it.
    if (m_connection->queued(this) < highWater)
        sendPiece(QByteArrayLiteral(" "));
    m_connection->pump();
    if (m_keepAlive)
        m_keepAlive->start(m_interval);
}

void Exchange::finishEarly(const QByteArray &body)
{
    m_keepAlive.reset();
    keep(m_keptAnswer, body);
    if (!body.isEmpty())
        sendPiece(body);
    if (m_framing == Framing::Chunked && !m_bodyless)
        m_connection->send(this, QByteArrayLiteral("0\r\n\r\n"));
    markFinished();
}

// ---- the end

void Exchange::detach(bool clientGone)
{
    m_connection = nullptr;
    m_keepAlive.reset();
    if (clientGone && !m_aborted) {
        m_aborted = true;
        Q_EMIT aborted();
    }
    if (clientGone)
        endBody(Error{ErrorCode::ConnectionLost, QStringLiteral("the client has gone"), {}});
    else
        endBody(
            Error{ErrorCode::Cancelled, QStringLiteral("answered before the body was read"), {}});
}

// ---- other protocols

bool Exchange::isWebSocketHandshake() const
{
    return !handshakeFault(m_request);
}

// Answers the fault, and says what to tell who asked for the upgrade.
std::optional<Error> Exchange::refusedUpgrade(std::optional<Rejection> fault, Fields fields)
{
    if (!fault && m_connection && !m_connection->canUpgrade(this))
        fault = Rejection{400, QStringLiteral("a request to upgrade must come alone, and whole")};
    if (fault) {
        respondError(fault->status, fault->message, std::move(fields));
        return Error{ErrorCode::InvalidArgument, fault->message, {}};
    }
    if (!mayAnswer())
        return Error{ErrorCode::ConnectionLost, QStringLiteral("the client has gone"), {}};
    m_keepAlive.reset();
    m_state = State::Finished;
    m_status = 101;
    m_connection->observe(*this);
    return {};
}

void Exchange::acceptWebSocket(const QString &subprotocol, Callback<QWebSocket *> done)
{
    const std::optional<Error> error
        = refusedUpgrade(handshakeFault(m_request), {{"Sec-WebSocket-Version", "13"}});
    if (error)
        QMetaObject::invokeMethod(
            this, [done = std::move(done), error] { done(*error); }, Qt::QueuedConnection);
    else
        m_connection->upgradeToWebSocket(this, subprotocol, std::move(done));
}

bool Exchange::wantsUpgradeTo(QByteArrayView protocol) const
{
    return m_request.minorVersion > 0 && m_request.fields.hasToken("connection", "upgrade")
        && m_request.fields.hasToken("upgrade", protocol);
}

void Exchange::acceptUpgrade(const QByteArray &protocol, Callback<UpgradedStream> done)
{
    std::optional<Rejection> fault;
    if (!wantsUpgradeTo(protocol))
        fault = Rejection{426,
                          QStringLiteral("this address speaks %1 only: ask for an upgrade to it")
                              .arg(QString::fromLatin1(protocol))};
    const std::optional<Error> error
        = refusedUpgrade(fault, {{"Upgrade", protocol}, {"Connection", "Upgrade"}});
    if (error)
        QMetaObject::invokeMethod(
            this, [done = std::move(done), error] { done(*error); }, Qt::QueuedConnection);
    else
        m_connection->upgradeToStream(
            this,
            "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: " + protocol
                + "\r\n\r\n",
            std::move(done));
}

} // namespace quarry::http
