// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Requests to the server, as they are handed from its thread to whoever shows them. Values.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QMap>
#include <QMetaType>
#include <QString>

#include <chrono>

namespace quarry::widgets {

// Header fields are not among it, so neither are the tokens in them. Queries and bodies stand as
// they came: requests/requesttext.h shows them without what is secret.
struct RequestRecord {
    QDateTime ended; // UTC
    QString method; // empty: what came was no request
    QString path; // as it came, without the query; at most RequestTextMax characters, like the rest
    QString client; // "127.0.0.1 · curl/7.88.1"
    int status = 0; // 0: the connection was cut before there was an answer
    qint64 received = 0, sent = 0; // bytes
    std::chrono::microseconds took{0};
    QString query; // behind the '?'
    QString type; // of the request's body
    QByteArray requestBody, answerBody; // their first RequestBodyMax bytes
    QString sandbox; // the id of the one it was about; empty: about none
    bool local = false; // came by the unix socket
    quint64 serial = 0; // in the order of the log that keeps it; 0: none does
};

inline constexpr qsizetype RequestTextMax = 512;
inline constexpr qsizetype RequestBodyMax = 4096;
inline constexpr qsizetype RequestBatchMax = 200;
inline constexpr qsizetype ClientBatchMax = 100;
inline constexpr auto ReplayAgent = "quarry-workbench (replay)"; // who makes a call once more

// What one client asked for since the batch before.
struct ClientCount {
    QString from; // an address, or the unix socket
    QString agent; // as it names itself; may be empty
    qint64 requests = 0, errors = 0;
};

// What happened since the batch before.
struct RequestBatch {
    qint64 count = 0;
    std::chrono::milliseconds span{0};
    QMap<int, qint64> errors; // by status: from 400 on, and 0
    QList<RequestRecord> newest; // oldest first; at most RequestBatchMax; none while nobody watches
    QList<ClientCount> clients; // at most ClientBatchMax are told apart
    int connections = 0; // open now
};

} // namespace quarry::widgets

Q_DECLARE_METATYPE(quarry::widgets::RequestBatch)
