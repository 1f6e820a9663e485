// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Quarry's own API (/api/quarry/v1) for programs on the same machine: blocking calls over the unix
// socket of an engine.
//
// One thread at a time. Nothing here needs an event loop; every wait ends at its deadline, and at
// once with Cancelled when the abort descriptor becomes readable.
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "client/connection.h"
#include "client/responsereader.h"

#include <QJsonObject>
#include <QList>
#include <QPair>
#include <QString>

#include <functional>
#include <optional>

namespace quarry::client {

using Query = QList<QPair<QString, QString>>;

// A connection that an engine has switched to another protocol.
struct Upgraded {
    UniqueFd socket;  // non-blocking
    QByteArray first; // what came with the answer already
};

// Of {"code","message","details"}; Internal for a code that nobody knows.
Error errorFromJson(const QJsonObject &error);

class Client
{
public:
    // The engine of DATAFOLDER. ABORTDESCRIPTOR -1: nothing interrupts.
    explicit Client(QString dataFolder, int abortDescriptor = -1);

    // Whether an engine listens.
    bool engineRuns() const;

    // PATH follows the API's prefix, as "/sandboxes"; use segment() for names in it. The error is
    // what the engine said; WrongState when no engine runs.
    Result<QJsonObject> get(const QString &path, const Query &query = {});
    Result<QJsonObject> post(const QString &path, const QJsonObject &body = {});
    Result<QJsonObject> remove(const QString &path, const Query &query = {});

    // The bytes of a file. TOTAL is -1 where the engine does not tell. What the callback returns
    // stops it.
    using Sink = std::function<Result<void>(QByteArrayView bytes, qint64 total)>;
    Result<void> download(const QString &path, const Query &query, const Sink &sink);
    // SOURCE gives the next piece, of SIZE bytes altogether.
    using Source = std::function<Result<QByteArray>()>;
    Result<QJsonObject> upload(const QString &path, const Query &query, qint64 size,
                               const Source &source);
    // An answer of JSON lines; no limit between two of them.
    Result<void> events(const QString &path, const QJsonObject &body,
                        const std::function<void(const QJsonObject &)> &each);
    Result<Upgraded> upgrade(const QString &path, const QString &protocol, const QJsonObject &body);
    Result<Upgraded> webSocket(const QString &path);

    // A name as one segment of a path.
    static QString segment(const QString &name);

private:
    struct Request {
        QByteArray method;
        QString path;
        Query query = {};
        QByteArray body = {};
        QByteArray fields = {}; // further header lines
        Source source = {}; // instead of body
        qint64 sourceSize = 0;
        Patience patience = {};
    };
    Result<Connection> connect() const;
    // Sends, and reads up to the end of the head.
    Result<void> begin(const Request &request);
    Result<void> send(const Request &request);
    // The connection, when the engine has switched.
    Result<Upgraded> switched(const Request &request);
    Result<void> readHead(Patience patience);
    // Gives the rest of the answer to the sink.
    Result<void> readBody(Patience patience, const ResponseReader::Sink &sink);
    Result<QByteArray> wholeBody(Patience patience);
    Result<QJsonObject> json(const Request &request);
    Result<QJsonObject> jsonAnswer(Patience patience);

    QString m_dataFolder;
    int m_abortDescriptor;
    std::optional<Connection> m_connection; // kept between calls
    std::optional<ResponseReader> m_reader;
    QByteArray m_buffer; // received, not read yet
};

} // namespace quarry::client
