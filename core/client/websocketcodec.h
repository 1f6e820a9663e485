// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The frames of a WebSocket as a client writes and reads them (RFC 6455, section 5).
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace quarry::client {

enum class WebSocketOpcode : quint8 {
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10
};

struct WebSocketMessage {
    WebSocketOpcode opcode = WebSocketOpcode::Binary; // never Continuation
    QByteArray payload;
};

// One whole frame, masked with KEY.
QByteArray webSocketFrame(WebSocketOpcode opcode, QByteArrayView payload, quint32 key);

// Takes a server's bytes apart, however they are split.
class WebSocketReader
{
public:
    static constexpr qsizetype messageMax = 4 << 20;

    // The messages that are whole. Internal for what no server may send; nothing more is read then.
    Result<QList<WebSocketMessage>> push(QByteArrayView bytes);

private:
    // The size of the frame at the front, head included; 0: not known yet.
    Result<qsizetype> frameSize(qsizetype &headSize) const;
    Result<void> take(QList<WebSocketMessage> &messages, quint8 first, QByteArray payload);

    QByteArray m_buffer;
    WebSocketMessage m_message; // whose end has not come
    bool m_within = false;
};

} // namespace quarry::client
