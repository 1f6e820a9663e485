// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/client.h"

#include "client/enginesocket.h"

#include <QJsonDocument>
#include <QUrl>

namespace quarry::client {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Patience usual = 60s; // a living engine sends at least a space now and then
constexpr qsizetype answerMax = 64 << 20;
constexpr qsizetype lineMax = 1 << 20;

std::optional<ErrorCode> codeFromText(const QString &text)
{
    for (int i = 0; i <= int(ErrorCode::Internal); ++i) {
        if (toString(ErrorCode(i)) == text)
            return ErrorCode(i);
    }
    return {};
}

ErrorCode codeOfStatus(int status)
{
    if (status == 401 || status == 403)
        return ErrorCode::PermissionDenied;
    if (status == 404)
        return ErrorCode::NotFound;
    return status < 500 ? ErrorCode::InvalidArgument : ErrorCode::Internal;
}

// What the engine says went wrong. Also the body of an early 200 may say so.
std::optional<Error> errorIn(const QJsonObject &answer, int status)
{
    const QString detail = answer.value("detail"_L1).toString();
    const bool told = answer.contains("detail"_L1) && answer.contains("code"_L1);
    if (status < 400 && !told)
        return {};
    const QString text
        = detail.isEmpty() ? u"The engine answered with status %1."_s.arg(status) : detail;
    const auto code = codeFromText(answer.value("code"_L1).toString());
    return Error{code.value_or(codeOfStatus(status)), text, answer.value("details"_L1).toObject()};
}

QByteArray targetOf(const QString &path, const Query &query)
{
    QByteArray target = "/api/quarry/v1" + path.toUtf8();
    char separator = '?';
    for (const auto &[name, value] : query) {
        target += separator + QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
        separator = '&';
    }
    return target;
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

constexpr auto jsonField = "Content-Type: application/json\r\n";

} // namespace

Error errorFromJson(const QJsonObject &error)
{
    return {codeFromText(error.value("code"_L1).toString()).value_or(ErrorCode::Internal),
            error.value("message"_L1).toString(), error.value("details"_L1).toObject()};
}

Client::Client(QString dataFolder, int abortDescriptor)
    : m_dataFolder(std::move(dataFolder)), m_abortDescriptor(abortDescriptor)
{
}

QString Client::segment(const QString &name)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(name));
}

Result<Connection> Client::connect() const
{
    Result<Connection> connection
        = Connection::open(findEngineSocket(m_dataFolder), m_abortDescriptor);
    if (!connection && connection.error().code == ErrorCode::WrongState)
        return Error{
            ErrorCode::WrongState,
            u"No engine is running for the data folder %1; \"quarry serve\" starts one."_s.arg(
                m_dataFolder),
            {{u"data_folder"_s, m_dataFolder}}};
    return connection;
}

bool Client::engineRuns() const
{
    return connect().ok();
}

// ---- one exchange

Result<void> Client::send(const Request &request)
{
    QByteArray head = request.method + ' ' + targetOf(request.path, request.query)
        + " HTTP/1.1\r\nHost: localhost\r\n" + request.fields;
    const qint64 size = request.source ? request.sourceSize : request.body.size();
    if (size > 0 || request.method != "GET")
        head += "Content-Length: " + QByteArray::number(size) + "\r\n";
    head += "\r\n";
    if (Result<void> sent = m_connection->send(head + request.body, usual); !sent)
        return sent;
    for (qint64 left = request.source ? size : 0; left > 0;) {
        const Result<QByteArray> piece = request.source();
        if (!piece)
            return piece.error();
        if (piece->isEmpty() || piece->size() > left)
            return Error{
                ErrorCode::Io, u"What was to be sent has changed its size meanwhile."_s, {}};
        if (Result<void> sent = m_connection->send(*piece, usual); !sent)
            return sent;
        left -= piece->size();
    }
    return {};
}

Result<void> Client::readHead(Patience patience)
{
    const auto early = [](QByteArrayView) -> Result<void> { return {}; };
    m_reader.emplace();
    while (!m_reader->hasHead()) {
        // One line at a time, so that the body stays in the buffer.
        const qsizetype end = m_buffer.indexOf("\r\n\r\n");
        if (end >= 0) {
            QByteArray head = m_buffer.left(end + 4);
            if (Result<void> taken = m_reader->take(head, early); !taken)
                return taken;
            m_buffer.remove(0, end + 4);
            if (!m_reader->hasHead())
                return Error{
                    ErrorCode::ConnectionLost, u"The engine's answer has a broken head."_s, {}};
            return {};
        }
        const qsizetype before = m_buffer.size();
        if (Result<void> received = m_connection->receive(m_buffer, patience); !received)
            return received;
        if (m_buffer.size() == before)
            return Error{ErrorCode::ConnectionLost,
                         u"The engine closed the connection without an answer."_s,
                         {}};
    }
    return {};
}

Result<void> Client::begin(const Request &request)
{
    // A kept connection may have been closed by the engine meanwhile; a request that it never read
    // may be sent again.
    for (const bool kept : {true, false}) {
        if (!kept || !m_connection) {
            Result<Connection> connection = connect();
            if (!connection)
                return connection.error();
            m_connection = std::move(*connection);
            m_buffer.clear();
            if (kept)
                continue;
        }
        const Result<void> sent = send(request);
        const bool lost = !sent && sent.error().code == ErrorCode::ConnectionLost;
        if (!sent && !lost) {
            m_connection.reset();
            return sent;
        }
        // An engine that refuses a body may close before it has read it all: its answer says why.
        const Result<void> head = readHead(request.patience);
        if (head)
            return {};
        m_connection.reset();
        const bool again
            = kept && head.error().code == ErrorCode::ConnectionLost && !request.source;
        if (!again)
            return head;
    }
    return {};
}

Result<void> Client::readBody(Patience patience, const ResponseReader::Sink &sink)
{
    Result<void> result;
    while (result && !m_reader->isDone()) {
        const qsizetype before = m_buffer.size();
        result = m_reader->take(m_buffer, sink);
        if (!result || m_reader->isDone())
            break;
        if (m_buffer.size() > 0 && m_buffer.size() < before)
            continue;
        const qsizetype had = m_buffer.size();
        result = m_connection->receive(m_buffer, patience);
        if (result && m_buffer.size() == had)
            result = m_reader->takeEnd();
    }
    if (!result || !m_reader->keepsConnection())
        m_connection.reset();
    return result;
}

Result<QByteArray> Client::wholeBody(Patience patience)
{
    QByteArray body;
    const Result<void> read = readBody(patience, [&body](QByteArrayView bytes) -> Result<void> {
        if (body.size() + bytes.size() > answerMax)
            return Error{ErrorCode::LimitExceeded, u"The engine's answer is too large."_s, {}};
        body += bytes;
        return {};
    });
    if (!read)
        return read.error();
    return body;
}

Result<QJsonObject> Client::jsonAnswer(Patience patience)
{
    const Result<QByteArray> body = wholeBody(patience);
    if (!body)
        return body.error();
    QJsonParseError fault;
    const QJsonObject answer = QJsonDocument::fromJson(*body, &fault).object();
    if (const std::optional<Error> error = errorIn(answer, m_reader->status()))
        return *error;
    if (!body->trimmed().isEmpty() && fault.error != QJsonParseError::NoError)
        return Error{ErrorCode::Internal,
                     u"The engine's answer is no JSON: %1."_s.arg(fault.errorString()),
                     {}};
    return answer;
}

Result<QJsonObject> Client::json(const Request &request)
{
    if (Result<void> begun = begin(request); !begun)
        return begun.error();
    return jsonAnswer(request.patience);
}

// ---- calls

Result<QJsonObject> Client::get(const QString &path, const Query &query)
{
    return json({.method = "GET", .path = path, .query = query, .patience = usual});
}

Result<QJsonObject> Client::post(const QString &path, const QJsonObject &body)
{
    return json({.method = "POST",
                 .path = path,
                 .body = compact(body),
                 .fields = jsonField,
                 .patience = usual});
}

Result<QJsonObject> Client::remove(const QString &path, const Query &query)
{
    return json({.method = "DELETE", .path = path, .query = query, .patience = usual});
}

Result<void> Client::download(const QString &path, const Query &query, const Sink &sink)
{
    if (Result<void> begun
        = begin({.method = "GET", .path = path, .query = query, .patience = usual});
        !begun)
        return begun;
    if (m_reader->status() >= 400) {
        const Result<QJsonObject> answer = jsonAnswer(usual);
        return answer ? Error{ErrorCode::Internal, u"The engine refused without a reason."_s, {}}
                      : answer.error();
    }
    const qint64 total = m_reader->contentLength().value_or(-1);
    return readBody(usual, [&](QByteArrayView bytes) { return sink(bytes, total); });
}

Result<QJsonObject> Client::upload(const QString &path, const Query &query, qint64 size,
                                   const Source &source)
{
    return json({.method = "PUT",
                 .path = path,
                 .query = query,
                 .fields = "Content-Type: application/octet-stream\r\n",
                 .source = source,
                 .sourceSize = size,
                 .patience = usual});
}

Result<void> Client::events(const QString &path, const QJsonObject &body,
                            const std::function<void(const QJsonObject &)> &each)
{
    const Request request{
        .method = "POST", .path = path, .body = compact(body), .fields = jsonField};
    if (Result<void> begun = begin(request); !begun)
        return begun;
    if (m_reader->status() >= 400) {
        const Result<QJsonObject> answer = jsonAnswer(usual);
        return answer ? Error{ErrorCode::Internal, u"The engine refused without a reason."_s, {}}
                      : answer.error();
    }
    QByteArray rest;
    return readBody({}, [&](QByteArrayView bytes) -> Result<void> {
        rest += bytes;
        for (qsizetype end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
            const QJsonObject event = QJsonDocument::fromJson(rest.left(end)).object();
            rest.remove(0, end + 1);
            if (!event.isEmpty())
                each(event);
        }
        if (rest.size() > lineMax)
            return Error{
                ErrorCode::LimitExceeded, u"The engine sent a line that is too long."_s, {}};
        return {};
    });
}

Result<Upgraded> Client::upgrade(const QString &path, const QString &protocol,
                                 const QJsonObject &body)
{
    const QByteArray fields
        = jsonField + ("Connection: Upgrade\r\nUpgrade: " + protocol.toLatin1() + "\r\n");
    return switched({.method = "POST",
                     .path = path,
                     .body = compact(body),
                     .fields = fields,
                     .patience = usual});
}

// The engine is known by its socket, so its proof of having read the key is not looked at.
Result<Upgraded> Client::webSocket(const QString &path)
{
    return switched({.method = "GET",
                     .path = path,
                     .fields = "Connection: Upgrade\r\nUpgrade: websocket\r\n"
                               "Sec-WebSocket-Version: 13\r\n"
                               "Sec-WebSocket-Key: cXVhcnJ5LXRlcm1pbmFsIQ==\r\n",
                     .patience = usual});
}

Result<Upgraded> Client::switched(const Request &request)
{
    m_connection.reset(); // it is given away
    if (Result<void> begun = begin(request); !begun)
        return begun.error();
    if (m_reader->status() != 101) {
        const Result<QJsonObject> answer = jsonAnswer(usual);
        return answer
            ? Error{ErrorCode::Internal, u"The engine did not switch to another protocol."_s, {}}
            : answer.error();
    }
    Upgraded upgraded{m_connection->release(), std::exchange(m_buffer, {})};
    m_connection.reset();
    return upgraded;
}

} // namespace quarry::client
