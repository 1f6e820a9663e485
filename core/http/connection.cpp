// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/connection.h"

#include "http/peer/peerlookup.h"
#include "http/message/responsehead.h"
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
      m_scanner(server->limits()), m_answers(*m_stream), m_idleSince(monotonicNow())
{
    connect(m_stream, &Stream::readable, this, &Connection::onReadable);
    connect(m_stream, &Stream::writeFailed, this, &Connection::close);
    connect(m_stream, &Stream::written, this, [this](qint64 bytes) {
        const qint64 now = monotonicNow();
        m_writeDeadline
            = extended(m_writeDeadline, now, limits().write.count(), bytes, limits().minRate);
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
    } while (!m_closed && m_phase == Phase::Held && m_answers.isEmpty());
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
    m_blocked = m_answers.size() >= limits().maxPipelined || m_answers.bytes() > maxWaiting;
    if (m_blocked) {
        m_headSince = 0;
        return false;
    }
    if (m_input.startsWith("\r\n")) { // RFC 9112 2.2
        m_input.remove(0, 2);
        m_scanner.restart();
    }
    if (m_input.isEmpty()) {
        m_headSince = 0;
    } else {
        if (m_headSince == 0)
            m_headSince = monotonicNow();
        const HeadScanner::Found found = m_scanner.scan(m_input);
        if (found.rejection) {
            reject(*found.rejection);
            return true;
        }
        if (found.size > 0)
            return acceptHead(found.size);
    }
    if (m_ended) // perhaps in the middle of a head
        m_phase = Phase::Closed;
    return m_ended;
}

bool Connection::acceptHead(qsizetype size)
{
    Next next;
    next.reader = std::make_unique<RequestReader>(limits());
    const std::optional<Rejection> rejection
        = next.reader->readHead(QByteArrayView(m_input).first(size), next.request);
    m_input.remove(0, size);
    m_scanner.restart();
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
    if (!m_answers.isEmpty() && !(m_next->request.isSafe() && m_answers.areAllSafe()))
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
    AnswerQueue::Answer &answer = m_answers.add();
    answer.safe = request.isSafe();
    // The last pointer says so, then the object goes by way of the event loop: it may be on the
    // stack.
    const ExchangePtr exchange(new Exchange(this, std::move(request), m_peer),
                               [](Exchange *released) { released->released(); });
    answer.exchange = exchange.get();
    m_incoming = exchange.get();
    if (m_server->observer()) {
        exchange->m_began = std::chrono::steady_clock::now();
        exchange->m_bodyKept = m_server->bodyKept();
    }
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
        QMetaObject::invokeMethod(
            exchange, [exchange] { exchange->endBody({}); }, Qt::QueuedConnection);
        return;
    }
    if (exchange->request().contentLength.value_or(0) > exchange->m_bodyMax) {
        QMetaObject::invokeMethod(
            this,
            [this, exchange] {
                if (exchange == m_incoming)
                    failBody(413, ErrorCode::LimitExceeded,
                             QStringLiteral("the body is longer than %1 bytes")
                                 .arg(exchange->m_bodyMax));
            },
            Qt::QueuedConnection);
        exchange->m_paused = true;
        return;
    }
    if (m_expects && m_input.isEmpty() && m_answers.isFirst(exchange)) {
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
    AnswerQueue::Answer &answer = m_answers.add();
    AnswerQueue::append(answer, makeErrorResponse(rejection.status, rejection.message));
    answer.finished = true;
    answer.close = true;
    if (const Observer &observer = m_server->observer())
        observer({nullptr, m_peer, rejection.status, 0, answer.waitingBytes, {}, {}, {}, {}});
}

void Connection::observe(const Exchange &exchange)
{
    using namespace std::chrono;
    const Observer &observer = m_server->observer();
    // One that began while nobody looked has no time to tell.
    if (!observer || exchange.m_began == steady_clock::time_point())
        return;
    observer({&exchange.request(), m_peer, exchange.m_status, exchange.m_bodyReceived,
              exchange.m_sent, duration_cast<microseconds>(steady_clock::now() - exchange.m_began),
              exchange.m_subject, exchange.m_keptRequest, exchange.m_keptAnswer});
}

// ---- answers

bool Connection::keepsOpen(Exchange *exchange, bool bodyIsRead)
{
    AnswerQueue::Answer *answer = m_answers.find(exchange);
    if (!answer)
        return false;
    const bool newest = m_answers.isLast(answer);
    bool ends = answer->close
        || (newest && (m_last || m_phase == Phase::Closed || m_server->isStopping()));
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
    if (AnswerQueue::Answer *answer = m_answers.find(exchange))
        answer->close = true;
}

void Connection::send(Exchange *exchange, QByteArray bytes)
{
    exchange->m_sent += bytes.size();
    if (AnswerQueue::Answer *answer = m_answers.find(exchange))
        AnswerQueue::append(*answer, std::move(bytes));
}

void Connection::answered(Exchange *exchange)
{
    AnswerQueue::Answer *answer = m_answers.find(exchange);
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
    while (const std::optional<AnswerQueue::Answer> done = m_answers.takeFinished()) {
        if (m_answers.isEmpty())
            m_idleSince = monotonicNow();
        if (done->exchange)
            letGo(done->exchange, false);
        if (done->close) {
            m_phase = Phase::Closed;
            m_incoming = nullptr;
            m_reader.reset();
            m_next.reset();
            for (const AnswerQueue::Answer &unsent : m_answers.takeAll()) {
                if (unsent.exchange)
                    letGo(unsent.exchange, true);
            }
        }
        if (m_next || !m_input.isEmpty())
            schedule();
    }
}

// Nothing more can be sent for it; it gets to know from the event loop.
void Connection::letGo(Exchange *exchange, bool unsent)
{
    if (m_incoming == exchange)
        m_incoming = nullptr;
    if (unsent && !exchange->isFinished())
        observe(*exchange);
    exchange->m_connection = nullptr;
    if (unsent || exchange->m_body == Exchange::Body::Wanted)
        QMetaObject::invokeMethod(
            exchange, [exchange, unsent] { exchange->detach(unsent); }, Qt::QueuedConnection);
}

void Connection::pump()
{
    if (m_processing || m_closed)
        return;
    popAnswers();
    m_stream->flush();
    if (!m_answers.isEmpty()) {
        Exchange *first = m_answers.first().exchange;
        if (first && first->m_high && m_stream->bytesToWrite() < lowWater) {
            first->m_high = false;
            QMetaObject::invokeMethod(first, &Exchange::drained, Qt::QueuedConnection);
        }
    }
    if (m_phase == Phase::Closed && m_answers.isEmpty() && m_stream->bytesToWrite() == 0)
        linger();
    if (m_closed)
        return;
    updateReading();
    updateDeadline();
}

void Connection::forget(Exchange *exchange)
{
    if (m_incoming == exchange)
        m_incoming = nullptr;
    if (AnswerQueue::Answer *answer = m_answers.find(exchange))
        answer->exchange = nullptr;
    exchange->m_connection = nullptr;
}

// ---- other protocols

bool Connection::canUpgrade(const Exchange *exchange) const
{
    const bool bodyRead = m_incoming != exchange || m_reader->isDone();
    return m_answers.size() == 1 && m_answers.isFirst(exchange) && bodyRead && !m_ended
        && m_stream->bytesToWrite() == 0;
}

void Connection::upgradeToWebSocket(Exchange *exchange, const QString &subprotocol,
                                    Callback<QWebSocket *> done)
{
    const QByteArray rest = m_input;
    forget(exchange);
    m_server->startWebSocket(m_stream->release(), exchange->request(), rest, subprotocol,
                             std::move(done));
    close();
}

void Connection::upgradeToStream(Exchange *exchange, QByteArray head, Callback<UpgradedStream> done)
{
    const QByteArray rest = m_input;
    forget(exchange);
    auto *stream = new Stream(m_stream->release());
    stream->setReading(false);
    stream->write(std::move(head));
    stream->flush();
    m_server->handOver(stream, rest, std::move(done));
    close();
}

// ---- the end

void Connection::cut()
{
    QMetaObject::invokeMethod(this, &Connection::close, Qt::QueuedConnection);
}

void Connection::stop()
{
    const bool idle = m_answers.isEmpty() && !m_next && m_stream->bytesToWrite() == 0;
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
    for (const AnswerQueue::Answer &answer : m_answers.takeAll()) {
        if (!answer.exchange)
            continue;
        if (!answer.exchange->isFinished())
            observe(*answer.exchange);
        answer.exchange->detach(true);
    }
    m_server->closed(this);
    deleteLater();
}

int Connection::expendability(qint64 now) const
{
    if (m_phase == Phase::Linger)
        return 4;
    const bool quiet = m_answers.isEmpty() && !m_next && m_stream->bytesToWrite() == 0
        && m_phase == Phase::Head && now - m_idleSince >= limits().expendableIdle.count();
    if (!quiet)
        return 0;
    return m_fresh ? 3 : m_input.isEmpty() ? 2 : 1;
}

void Connection::updateReading()
{
    const bool unwanted = m_phase == Phase::Closed || m_phase == Phase::Linger;
    m_stream->setReading(!m_ended && (unwanted || m_input.size() < maxInput));
}

} // namespace quarry::http
