// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// An answer with large texts of a program in it, escaped piece by piece as the client takes it.
#pragma once

#include "api/json/jsontext.h"
#include "http/exchange.h"

#include <QByteArrayList>
#include <QList>
#include <QObject>

namespace quarry::api {

// The text before (JSON, as it is), then the bytes, in pieces (escaped; not UTF-8: \xNN).
struct BulkPart {
    QByteArray before;
    QByteArrayList pieces;
};

class BulkAnswer : public QObject
{
    Q_OBJECT
public:
    // Small answers go at once. END closes the JSON text.
    static void send(const http::ExchangePtr &exchange, QList<BulkPart> parts, QByteArray end);

private:
    BulkAnswer(http::ExchangePtr exchange, QList<BulkPart> parts, QByteArray end);
    void pump();
    // Up to about a piece more; false when all is said.
    bool more(QByteArray &out);

    http::ExchangePtr m_exchange;
    QList<BulkPart> m_parts;
    QByteArray m_end;
    ByteEscaper m_escaper;
    qsizetype m_offset = -1; // into the first part's first piece; -1: its text comes first
    bool m_ended = false;
};

} // namespace quarry::api
