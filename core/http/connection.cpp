// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/connection.h"

#include "http/peerlookup.h"
#include "http/responsehead.h"
#include "http/server.h"

#include <algorithm>
#include <chrono>

namespace quarry::http {

namespace {

// How much may lie here unread; above it the client has to wait.
constexpr qsizetype maxInput = 64 * 1024;
// Answers that wait for their turn or for the client: above it no new request is begun.
constexpr qint64 maxWaiting = 256 * 1024;
constexpr qint64 lowWater = 64 * 1024;
// The rest of an unwanted body up to which the connection is kept.
constexpr qint64 maxDiscarded = 64 * 1024;
constexpr qsizetype discardSize = 256 * 1024;
constexpr qint64 longIdle = 5'000;

qint64 extended(qint64 deadline, qint64 now, qint64 grace, qint64 bytes, int minRate)
{
    return std::min(now + grace, deadline + bytes * 1000 / std::max(minRate, 1));
}

} // namespace

qint64 monotonicNow()
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

Connection::Connection(Server *server, UniqueFd socket, Peer peer)
    : m_server(server), m_stream(new Stream(std::move(socket), this)), m_peer(std::move(peer)),
      m_idleSince(monotonicNow())
{
    connect(m_stream, &Stream::readable, this, &Connection::onReadable);
    connect(m_stream, &Stream::writeFailed, this, &Connection::close);
    connect(m_stream, &Stream::written, this, [this](qint64 bytes) {
        const qint64 now = monotonicNow();
        m_writeDeadline = extended(m_writeDeadline, now, limits().write.count(), bytes, limits().minRate);
        pump();
        schedule();
    });
}

Connection::~Connection() = default;

const Limits &Connection::limits() const
{
    return m_server->limits();
}

void Connection::start()
{
    updateDeadline();
    // Its request usually came along with the connection.
    onReadable();
}

void Connection::refuse()
{
    reject({503, QStringLiteral("the server has no connection left, try again")});
    onReadable();
    process();
}

// ---- input

void Connection::onReadable()
{
    if (m_closed)
        return;
    const bool unwanted = m_phase == Phase::Closed || m_phase == Phase::Linger;
    const Stream::ReadResult result
        = unwanted ? m_stream->discard(discardSize) : m_stream->read(m_input);
    switch (result) {
    case Stream::ReadResult::Nothing:
        return;
    case Stream::ReadResult::Failed:
        close();
        return;
    case Stream::ReadResult::End:
        onEnd();
        break;
    case Stream::ReadResult::Data:
        m_fresh = false;
        m_lastInput = monotonicNow();
        break;
    }
    if (!m_closed)
        process();
}

void Connection::onEnd()
{
    m_ended = true;
    if (m_phase == Phase::Linger || m_server->peers().hasLeft(m_stream->descriptor(), m_peer))
        close();
}

void Connection::schedule()
{
    if (m_scheduled || m_closed)
        return;
    m_scheduled = true;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_scheduled = false;
            process();
        },
        Qt::QueuedConnection);
}

void Connection::process()
{
    if (m_processing || m_closed)
        return;
    m_processing = true;
    do {
        while (!m_closed && step()) {
        }
        if (!m_closed)
            popAnswers();
        // An answer that is done may be what the next request waited for.
    } while (!m_closed && m_phase == Phase::Held && m_answers.empty());
    m_processing = false;
    pump();
}

bool Connection::step()
{
    switch (m_phase) {
    case Phase::Head:
        return readHead();
    case Phase::Held:
        return startNext();
    case Phase::Body:
        return readBody();
    case Phase::Closed:
    case Phase::Linger:
        m_input.clear();
        return false;
    }
    return false;
}

bool Connection::readHead()
{
    if (m_last || m_server->isStopping()) {
        m_phase = Phase::Closed;
        return true;
    }
    m_blocked = int(m_answers.size()) >= limits().maxPipelined || waitingBytes() > maxWaiting;
    if (m_blocked) {
        m_headSince = 0;
        return false;
    }
    if (m_input.startsWith("\r\n")) { // RFC 9112 2.2
        m_input.remove(0, 2);
        m_scanned = 0;
    }
    if (m_input.isEmpty()) {
        m_headSince = 0;
        if (m_ended)
            m_phase = Phase::Closed;
        return m_ended;
    }
    if (m_headSince == 0) {
        m_headSince = monotonicNow();
        if (m_input[0] != '\r' && !isToken(QByteArrayView(m_input).first(1))) {
            reject({400, QStringLiteral("this is not HTTP")});
            return true;
        }
    }
    for (qsizetype at = m_scanned;;) {
        at = m_input.indexOf('\n', at);
        if (at < 0 || at >= limits().maxHeader)
            break;
        if (at == 0 || m_input[at - 1] != '\r') {
            reject({400, QStringLiteral("a line does not end in CRLF")});
            return true;
        }
        if (at >= 3 && m_input[at - 2] == '\n')
            return acceptHead(at + 1);
        ++at;
    }
    m_scanned = m_input.size();
    if (m_input.size() >= limits().maxHeader) {
        const bool firstLine = !QByteArrayView(m_input).first(limits().maxHeader).contains('\n');
        reject(firstLine ? Rejection{414, QStringLiteral("the request target is too long")}
                         : Rejection{431, QStringLiteral("the header is longer than %1 bytes")
                                              .arg(limits().maxHeader)});
        return true;
    }
    if (m_ended)
        m_phase = Phase::Closed; // half a head, and the client has gone
    return m_ended;
}

bool Connection::acceptHead(qsizetype size)
{
    Next next;
    next.reader = std::make_unique<RequestReader>(limits());
    const std::optional<Rejection> rejection
        = next.reader->readHead(QByteArrayView(m_input).first(size), next.request);
    m_input.remove(0, size);
    m_scanned = 0;
    m_headSince = 0;
    if (rejection) {
        reject(*rejection);
        return true;
    }
    if (next.request.contentLength.value_or(0) > std::max(limits().maxUpload, limits().maxBody)) {
        reject({413, QStringLiteral("the body is longer than this server takes")});
        return true;
    }
    m_next = std::move(next);
    m_phase = Phase::Held;
    return true;
}

bool Connection::startNext()
{
    const bool parallel = m_next->request.isSafe()
                          && std::all_of(m_answers.begin(), m_answers.end(),
                                         [](const Answer &answer) { return answer.safe; });
    if (!m_answers.empty() && !parallel)
        return false;
    Request request = std::move(m_next->request);
    m_reader = std::move(m_next->reader);
    m_next.reset();
    const Fields &fields = request.fields;
    m_last = fields.hasToken("connection", "close")
             || (request.minorVersion == 0 && !fields.hasToken("connection", "keep-alive"));
    m_expects = request.hasBody() && request.minorVersion > 0 && fields.contains("expect");
    m_bodyLeft = request.chunked ? -1 : request.contentLength.value_or(0);
    m_phase = Phase::Body;
    m_answers.push_back({});
    m_answers.back().safe = request.isSafe();
    // The last pointer says so, then the object goes by way of the event loop: it may be on the stack.
    const ExchangePtr exchange(new Exchange(this, std::move(request), m_peer),
                               [](Exchange *released) { released->released(); });
    m_answers.back().exchange = exchange.get();
    m_incoming = exchange.get();
    m_server->handle(exchange);
    return true;
}

bool Connection::readBody()
{
    const bool unwanted = !m_incoming || m_incoming->isFinished();
    if (m_reader->isDone()) {
        endIncoming({});
        return true;
    }
    if (!unwanted && !m_incoming->wantsBody())
        return false;
    if (m_input.isEmpty() && !m_ended)
        return false;
    const BodyStep taken = m_input.isEmpty() ? BodyStep{} : m_reader->readBody(m_input);
    if (taken.rejection) {
        failBody(taken.rejection->status, ErrorCode::InvalidArgument, taken.rejection->message);
        return true;
    }
    if (m_bodyLeft >= 0)
        m_bodyLeft -= taken.data.size();
    if (m_bodyDeadline > 0)
        m_bodyDeadline = extended(m_bodyDeadline, monotonicNow(), limits().body.count(),
                                  taken.consumed, limits().minRate);
    if (!unwanted) {
        if (m_incoming->m_bodyReceived + taken.data.size() > m_incoming->m_bodyMax) {
            failBody(413, ErrorCode::LimitExceeded,
                     QStringLiteral("the body is longer than %1 bytes").arg(m_incoming->m_bodyMax));
            return true;
        }
        m_incoming->takeBody(taken.data);
    }
    m_input.remove(0, taken.consumed);
    if (taken.done || taken.consumed > 0)
        return true;
    if (m_ended)
        failBody(400, ErrorCode::ConnectionLost, QStringLiteral("the body ended early"));
    return m_ended;
}

void Connection::bodyWanted(Exchange *exchange)
{
    if (exchange != m_incoming) { // it had none: the end, but not before the call has returned
        QMetaObject::invokeMethod(exchange, [exchange] { exchange->endBody({}); }, Qt::QueuedConnection);
        return;
    }
    if (exchange->request().contentLength.value_or(0) > exchange->m_bodyMax) {
        QMetaObject::invokeMethod(
            this,
            [this, exchange] {
                if (exchange == m_incoming)
                    failBody(413, ErrorCode::LimitExceeded,
                             QStringLiteral("the body is longer than %1 bytes").arg(exchange->m_bodyMax));
            },
            Qt::QueuedConnection);
        exchange->m_paused = true;
        return;
    }
    if (m_expects && m_input.isEmpty() && !m_answers.empty() && m_answers.front().exchange == exchange) {
        m_stream->write(QByteArrayLiteral("HTTP/1.1 100 Continue\r\n\r\n"));
        m_stream->flush();
    }
    m_expects = false;
    schedule();
}

// The incoming body is over: the next request may come.
void Connection::endIncoming(Result<void> result)
{
    Exchange *exchange = std::exchange(m_incoming, nullptr);
    m_reader.reset();
    m_expects = false;
    m_phase = Phase::Head;
    if (exchange)
        exchange->endBody(std::move(result));
}

// The incoming request ends here, and so does the connection, after what must be answered.
void Connection::failBody(int status, ErrorCode code, const QString &message)
{
    Exchange *exchange = std::exchange(m_incoming, nullptr);
    m_last = true;
    m_phase = Phase::Closed;
    m_reader.reset();
    if (exchange && exchange->m_state == Exchange::State::Open && !exchange->m_early)
        exchange->respondError(status, message);
    else if (exchange && exchange->m_state != Exchange::State::Finished)
        cut();
    if (exchange)
        exchange->endBody(Error{code, message, {}});
    schedule();
}

void Connection::reject(const Rejection &rejection)
{
    m_phase = Phase::Closed;
    m_last = true;
    Answer answer;
    answer.waiting.push_back(makeErrorResponse(rejection.status, rejection.message));
    answer.finished = true;
    answer.close = true;
    m_answers.push_back(std::move(answer));
}

// ---- answers

Connection::Answer *Connection::find(const Exchange *exchange)
{
    for (Answer &answer : m_answers) {
        if (answer.exchange == exchange)
            return &answer;
    }
    return nullptr;
}

const Connection::Answer *Connection::find(const Exchange *exchange) const
{
    return const_cast<Connection *>(this)->find(exchange);
}

qint64 Connection::waitingBytes() const
{
    qint64 bytes = m_stream->bytesToWrite();
    for (const Answer &answer : m_answers)
        bytes += answer.waitingBytes;
    return bytes;
}

bool Connection::keepsOpen(Exchange *exchange, bool bodyIsRead)
{
    Answer *answer = find(exchange);
    if (!answer)
        return false;
    const bool newest = answer == &m_answers.back() && !m_next;
    bool ends = answer->close || (newest && (m_last || m_phase == Phase::Closed || m_server->isStopping()));
    ends = ends || (exchange == m_incoming && !bodyIsRead && isTooMuchLeft());
    answer->close = answer->close || ends;
    return !ends;
}

// Whether the rest of the incoming body is not worth reading only to throw it away.
bool Connection::isTooMuchLeft() const
{
    return m_reader && !m_reader->isDone()
           && (m_expects || m_bodyLeft < 0 || m_bodyLeft > maxDiscarded);
}

void Connection::closeAfter(Exchange *exchange)
{
    if (Answer *answer = find(exchange))
        answer->close = true;
}

void Connection::send(Exchange *exchange, QByteArray bytes)
{
    Answer *answer = find(exchange);
    if (!answer || bytes.isEmpty())
        return;
    answer->waitingBytes += bytes.size();
    answer->waiting.push_back(std::move(bytes));
}

void Connection::answered(Exchange *exchange)
{
    Answer *answer = find(exchange);
    if (!answer)
        return;
    answer->finished = true;
    if (exchange == m_incoming) {
        answer->close = answer->close || isTooMuchLeft();
        schedule();
    }
    pump();
}

void Connection::popAnswers()
{
    while (!m_answers.empty()) {
        Answer &first = m_answers.front();
        for (QByteArray &bytes : first.waiting)
            m_stream->write(std::move(bytes));
        first.waiting.clear();
        first.waitingBytes = 0;
        if (!first.finished)
            break;
        Exchange *exchange = first.exchange;
        const bool close = first.close;
        m_answers.pop_front();
        if (m_answers.empty())
            m_idleSince = monotonicNow();
        if (close) {
            m_phase = Phase::Closed;
            m_answers.clear();
            m_next.reset();
        }
        if (exchange == m_incoming && exchange) {
            m_incoming = nullptr;
            if (close)
                m_reader.reset();
        }
        if (exchange) {
            exchange->m_connection = nullptr;
            if (exchange->m_body == Exchange::Body::Wanted)
                QMetaObject::invokeMethod(exchange, [exchange] { exchange->detach(false); },
                                          Qt::QueuedConnection);
        }
        if (m_next || !m_input.isEmpty())
            schedule();
    }
}

void Connection::pump()
{
    if (m_processing || m_closed)
        return;
    popAnswers();
    m_stream->flush();
    if (!m_answers.empty()) {
        Exchange *first = m_answers.front().exchange;
        if (first && first->m_high && m_stream->bytesToWrite() < lowWater) {
            first->m_high = false;
            QMetaObject::invokeMethod(first, &Exchange::drained, Qt::QueuedConnection);
        }
    }
    if (m_phase == Phase::Closed && m_answers.empty() && m_stream->bytesToWrite() == 0)
        linger();
    if (m_closed)
        return;
    updateReading();
    updateDeadline();
}

qint64 Connection::queued(const Exchange *exchange) const
{
    const Answer *answer = find(exchange);
    if (!answer)
        return 0;
    const bool first = answer == &m_answers.front();
    return answer->waitingBytes + (first ? m_stream->bytesToWrite() : 0);
}

void Connection::forget(Exchange *exchange)
{
    if (m_incoming == exchange)
        m_incoming = nullptr;
    if (Answer *answer = find(exchange))
        answer->exchange = nullptr;
    exchange->m_connection = nullptr;
}

// ---- WebSocket

bool Connection::canUpgrade(const Exchange *exchange) const
{
    return m_answers.size() == 1 && m_answers.front().exchange == exchange && !m_ended
           && m_stream->bytesToWrite() == 0;
}

void Connection::upgrade(Exchange *exchange, const QString &subprotocol,
                         std::function<void(Result<QWebSocket *>)> done)
{
    const QByteArray rest = m_input;
    forget(exchange);
    m_server->startUpgrade(m_stream->release(), exchange->request(), rest, subprotocol, std::move(done));
    close();
}

// ---- the end

void Connection::cut()
{
    QMetaObject::invokeMethod(this, &Connection::close, Qt::QueuedConnection);
}

void Connection::stop()
{
    const bool idle = m_answers.empty() && !m_next && m_stream->bytesToWrite() == 0;
    if (idle)
        close();
}

void Connection::linger()
{
    if (m_ended) {
        close();
        return;
    }
    // Closing now would reset the connection when bytes are still coming, and the client could lose
    // the answer before it has read it (RFC 9112 9.6).
    m_phase = Phase::Linger;
    m_input.clear();
    m_stream->shutdownWrite();
    m_lastInput = monotonicNow();
    m_lingerEnd = m_lastInput + limits().linger.count();
    if (m_server->isStopping()) {
        m_stream->discard(discardSize);
        close();
    }
}

void Connection::close()
{
    if (m_closed)
        return;
    m_closed = true;
    m_deadline = never;
    m_stream->release();
    m_incoming = nullptr;
    const std::deque<Answer> answers = std::exchange(m_answers, {});
    for (const Answer &answer : answers) {
        if (answer.exchange)
            answer.exchange->detach(true);
    }
    m_server->closed(this);
    deleteLater();
}

int Connection::expendability(qint64 now) const
{
    if (m_phase == Phase::Linger)
        return 4;
    const bool quiet = m_answers.empty() && !m_next && m_stream->bytesToWrite() == 0
                       && m_phase == Phase::Head && now - m_idleSince > longIdle;
    if (!quiet)
        return 0;
    return m_fresh ? 3 : m_input.isEmpty() ? 2 : 1;
}

// ---- limits of time

void Connection::updateReading()
{
    const bool unwanted = m_phase == Phase::Closed || m_phase == Phase::Linger;
    m_stream->setReading(!m_ended && (unwanted || m_input.size() < maxInput));
}

qint64 Connection::deadlineNow()
{
    if (m_phase == Phase::Linger)
        return std::min(m_lingerEnd, m_lastInput + limits().lingerIdle.count());
    const qint64 now = monotonicNow();
    const bool writing = m_stream->bytesToWrite() > 0;
    if (writing && m_writeDeadline == 0)
        m_writeDeadline = now + limits().write.count();
    if (!writing)
        m_writeDeadline = 0;
    const bool unwanted = !m_incoming || m_incoming->isFinished();
    const bool reading = m_phase == Phase::Body && (unwanted || m_incoming->wantsBody());
    if (reading && m_bodyDeadline == 0)
        m_bodyDeadline = now + limits().body.count();
    if (!reading)
        m_bodyDeadline = 0;

    qint64 deadline = writing ? m_writeDeadline : never;
    if (reading)
        deadline = std::min(deadline, m_bodyDeadline);
    if (m_phase == Phase::Head && m_headSince > 0)
        deadline = std::min(deadline, m_headSince + limits().header.count());
    else if (m_phase == Phase::Head && m_answers.empty() && !writing && !m_blocked)
        deadline = m_idleSince + limits().idle.count();
    return deadline;
}

void Connection::updateDeadline()
{
    const qint64 deadline = deadlineNow();
    if (deadline == m_deadline)
        return;
    m_deadline = deadline;
    m_server->arm(deadline);
}

void Connection::expire(qint64 now)
{
    if (m_closed || now < m_deadline)
        return;
    m_deadline = never;
    if (m_phase == Phase::Linger || (m_writeDeadline > 0 && now >= m_writeDeadline)) {
        close();
    } else if (m_bodyDeadline > 0 && now >= m_bodyDeadline) {
        failBody(408, ErrorCode::Timeout, QStringLiteral("the body came too slowly"));
    } else if (m_phase == Phase::Head && m_headSince > 0) {
        reject({408, QStringLiteral("the header came too slowly")});
    } else {
        close();
        return;
    }
    process();
}

} // namespace quarry::http
