// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakeagent.h"

#include "agent/wire/spawnmessages.h"

#include <sys/socket.h>

namespace quarry::fakes {

using namespace quarry::agent;

namespace {

QByteArray toByteArray(Bytes bytes)
{
    return {static_cast<const char *>(static_cast<const void *>(bytes.data())),
            qsizetype(bytes.size())};
}

Bytes toBytes(const QByteArray &bytes)
{
    return {static_cast<const std::uint8_t *>(static_cast<const void *>(bytes.constData())),
            std::size_t(bytes.size())};
}

} // namespace

FakeAgent::FakeAgent(QObject *parent) : QObject(parent)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        qFatal("The fake agent got no socket pair.");
    m_engineEnd.reset(ends[0]);
    m_fd.reset(ends[1]);
    m_notifier = std::make_unique<QSocketNotifier>(m_fd.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &FakeAgent::readable);
}

void FakeAgent::sayHello(const Hello &hello)
{
    Encoder encoder;
    hello.encode(encoder);
    send(FrameType::Hello, 0, encoder.bytes());
}

void FakeAgent::sendMessage(quint32 stream, const Encoder &message)
{
    send(FrameType::Message, stream, message.bytes());
}

void FakeAgent::sendData(quint32 stream, const QByteArray &data, quint8 channel)
{
    for (Bytes rest = toBytes(data); !rest.empty();) {
        const Bytes part = rest.first(std::min(rest.size(), payloadMax));
        send(dataType(channel), stream, part);
        rest = rest.subspan(part.size());
    }
}

void FakeAgent::sendEnd(quint32 stream)
{
    send(FrameType::End, stream, {});
}

void FakeAgent::sendClose(quint32 stream, const Failure &failure)
{
    if (!m_closing.contains(stream) || std::exchange(m_closing[stream], true))
        return;
    Encoder encoder;
    failure.encode(encoder);
    send(FrameType::Close, stream, encoder.bytes());
}

void FakeAgent::sendRaw(const QByteArray &bytes)
{
    // The client reads on this very thread: what does not fit the socket's buffer would wait for
    // ever.
    if (m_fd
        && ::send(m_fd.get(), bytes.constData(), std::size_t(bytes.size()),
                  MSG_NOSIGNAL | MSG_DONTWAIT)
            != bytes.size())
        qWarning("The fake agent could not send %lld bytes.", qlonglong(bytes.size()));
}

void FakeAgent::hangUp()
{
    m_notifier.reset();
    m_fd.reset();
}

void FakeAgent::answerSpawn(quint32 stream, const QByteArray &output, int code, int signal)
{
    SpawnEvent event;
    event.pid = 2;
    Encoder started;
    event.encode(started);
    sendMessage(stream, started);
    sendData(stream, output);
    event = {SpawnEvent::Kind::Exited, 0, code, signal};
    Encoder exited;
    event.encode(exited);
    sendMessage(stream, exited);
    sendClose(stream);
}

void FakeAgent::send(FrameType type, quint32 stream, Bytes payload)
{
    std::uint8_t header[frameHeaderSize];
    writeHeader({type, stream, std::uint32_t(payload.size())}, header);
    sendRaw(toByteArray(header) + toByteArray(payload));
}

void FakeAgent::readable()
{
    const std::span<std::uint8_t> space = m_reader.space();
    const ssize_t count = recv(m_fd.get(), space.data(), space.size(), MSG_DONTWAIT);
    if (count <= 0) {
        m_notifier->setEnabled(false);
        Q_EMIT disconnected();
        return;
    }
    m_reader.filled(std::size_t(count));
    FrameHeader header;
    Bytes payload;
    while (m_fd && m_reader.next(header, payload) == FrameReader::Result::Frame)
        take(header, payload);
}

void FakeAgent::take(const FrameHeader &header, Bytes payload)
{
    const quint32 stream = header.stream;
    if (isData(header.type)) {
        Encoder credit;
        credit.u32(std::uint32_t(payload.size()));
        send(FrameType::Credit, stream, credit.bytes());
        Q_EMIT dataArrived(stream, toByteArray(payload));
        return;
    }
    switch (header.type) {
    case FrameType::Config:
        if (Config::decode(Decoder(payload), m_config))
            Q_EMIT configured();
        return;
    case FrameType::Open:
        m_closing.insert(stream, false);
        Q_EMIT opened(stream, static_cast<StreamKind>(payload.empty() ? 0 : payload[0]),
                      toByteArray(payload).mid(1));
        return;
    case FrameType::Message:
        Q_EMIT messageArrived(stream, toByteArray(payload));
        return;
    case FrameType::End:
        Q_EMIT ended(stream);
        return;
    case FrameType::Close:
        sendClose(stream);
        m_closing.remove(stream);
        Q_EMIT closed(stream);
        return;
    default:
        return;
    }
}

} // namespace quarry::fakes
