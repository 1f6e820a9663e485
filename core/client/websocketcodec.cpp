// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/websocketcodec.h"

#include <QtEndian>

#include <array>
#include <utility>

namespace quarry::client {

namespace {

constexpr quint8 finalBit = 0x80;
constexpr quint8 maskBit = 0x80;
constexpr quint8 reservedBits = 0x70;
constexpr qsizetype controlMax = 125;

bool isControl(WebSocketOpcode opcode)
{
    return quint8(opcode) >= 8;
}

Error fault(const char *what)
{
    return {
        ErrorCode::Internal, QStringLiteral("The engine sent %1.").arg(QLatin1String(what)), {}};
}

} // namespace

QByteArray webSocketFrame(WebSocketOpcode opcode, QByteArrayView payload, quint32 key)
{
    QByteArray frame(1, char(finalBit | quint8(opcode)));
    std::array<char, 8> size;
    if (payload.size() < 126) {
        frame += char(maskBit | quint8(payload.size()));
    } else if (payload.size() <= 0xffff) {
        frame += char(maskBit | 126);
        qToBigEndian(quint16(payload.size()), size.data());
        frame.append(size.data(), 2);
    } else {
        frame += char(maskBit | 127);
        qToBigEndian(quint64(payload.size()), size.data());
        frame.append(size.data(), 8);
    }
    std::array<char, 4> mask;
    qToBigEndian(key, mask.data());
    frame.append(mask.data(), 4);
    const qsizetype begin = frame.size();
    frame.append(payload);
    for (qsizetype i = 0; i < payload.size(); ++i)
        frame[begin + i] = char(frame[begin + i] ^ mask[size_t(i % 4)]);
    return frame;
}

Result<qsizetype> WebSocketReader::frameSize(qsizetype &headSize) const
{
    if (m_buffer.size() < 2)
        return qsizetype(0);
    const quint8 second = quint8(m_buffer[1]);
    if (second & maskBit)
        return fault("a masked frame");
    quint64 size = second;
    headSize = 2;
    if (second == 126 || second == 127) {
        headSize = second == 126 ? 4 : 10;
        if (m_buffer.size() < headSize)
            return qsizetype(0);
        size = second == 126 ? qFromBigEndian<quint16>(m_buffer.constData() + 2)
                             : qFromBigEndian<quint64>(m_buffer.constData() + 2);
    }
    if (size > quint64(messageMax))
        return fault("a message that is too large");
    return headSize + qsizetype(size);
}

Result<QList<WebSocketMessage>> WebSocketReader::push(QByteArrayView bytes)
{
    m_buffer.append(bytes);
    QList<WebSocketMessage> messages;
    while (true) {
        qsizetype headSize = 0;
        const Result<qsizetype> size = frameSize(headSize);
        if (!size)
            return size.error();
        if (*size == 0 || m_buffer.size() < *size)
            return messages;
        const QByteArray payload = m_buffer.mid(headSize, *size - headSize);
        const quint8 first = quint8(m_buffer[0]);
        m_buffer.remove(0, *size);
        if (const Result<void> taken = take(messages, first, payload); !taken)
            return taken.error();
    }
}

Result<void> WebSocketReader::take(QList<WebSocketMessage> &messages, quint8 first,
                                   QByteArray payload)
{
    const auto opcode = WebSocketOpcode(first & 0x0f);
    const bool isFinal = first & finalBit;
    if (first & reservedBits)
        return fault("a frame with reserved bits");
    if (isControl(opcode)) {
        if (!isFinal || payload.size() > controlMax || opcode > WebSocketOpcode::Pong)
            return fault("a control frame that is none");
        messages.append({opcode, std::move(payload)});
        return {};
    }
    const bool begins = opcode == WebSocketOpcode::Text || opcode == WebSocketOpcode::Binary;
    if (begins == m_within || (!begins && opcode != WebSocketOpcode::Continuation))
        return fault("a frame out of order");
    if (begins)
        m_message = {opcode, {}};
    if (m_message.payload.size() + payload.size() > messageMax)
        return fault("a message that is too large");
    m_message.payload += payload;
    m_within = !isFinal;
    if (isFinal)
        messages.append(std::exchange(m_message, {}));
    return {};
}

} // namespace quarry::client
