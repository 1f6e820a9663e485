// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json/bulkanswer.h"

#include "api/json/jsonbody.h"

#include <algorithm>

namespace quarry::api {

namespace {

constexpr qsizetype atOnce = 256 * 1024;
constexpr qsizetype pieceSize = 64 * 1024;
constexpr int piecesAtOnce = 2;
constexpr qint64 highWater = 512 * 1024;

} // namespace

BulkAnswer::BulkAnswer(http::ExchangePtr exchange, QList<BulkPart> parts, QByteArray end)
    : m_exchange(std::move(exchange)), m_parts(std::move(parts)), m_end(std::move(end))
{
}

void BulkAnswer::send(const http::ExchangePtr &exchange, QList<BulkPart> parts, QByteArray end)
{
    qsizetype size = 0;
    for (const BulkPart &part : parts)
        for (const QByteArray &piece : part.pieces)
            size += piece.size();
    auto *answer = new BulkAnswer(exchange, std::move(parts), std::move(end));
    if (size <= atOnce) {
        QByteArray body;
        body.reserve(size + size / 8 + 256);
        while (answer->more(body)) {
        }
        exchange->respond(200, jsonFields(), body);
        delete answer;
        return;
    }
    connect(exchange.get(), &http::Exchange::drained, answer, &BulkAnswer::pump);
    connect(exchange.get(), &http::Exchange::aborted, answer, &QObject::deleteLater);
    exchange->beginResponse(200, jsonFields());
    answer->pump();
}

bool BulkAnswer::more(QByteArray &out)
{
    if (m_parts.isEmpty()) {
        if (!std::exchange(m_ended, true))
            out.append(m_end);
        return false;
    }
    BulkPart &part = m_parts.first();
    if (m_offset < 0) {
        out.append(part.before);
        m_offset = 0;
    }
    if (part.pieces.isEmpty()) {
        m_escaper.finish(out);
        m_parts.removeFirst();
        m_offset = -1;
        return true;
    }
    const QByteArray &piece = part.pieces.first();
    const qsizetype size = std::min(pieceSize, piece.size() - m_offset);
    m_escaper.push(QByteArrayView(piece).sliced(m_offset, size), out);
    m_offset += size;
    if (m_offset == piece.size()) {
        part.pieces.removeFirst();
        m_offset = 0;
    }
    return true;
}

void BulkAnswer::pump()
{
    for (int i = 0; m_exchange && m_exchange->bytesToWrite() < highWater; ++i) {
        // A client that takes it as fast as it is made must not keep all others waiting.
        if (i == piecesAtOnce) {
            QMetaObject::invokeMethod(this, &BulkAnswer::pump, Qt::QueuedConnection);
            return;
        }
        QByteArray piece;
        piece.reserve(pieceSize + pieceSize / 8);
        const bool goesOn = more(piece);
        m_exchange->write(piece);
        if (goesOn)
            continue;
        m_exchange->finish();
        m_exchange.reset();
        deleteLater();
    }
}

} // namespace quarry::api
