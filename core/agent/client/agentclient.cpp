// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/client/agentclient.h"

#include "agent/client/agentprocess.h"

#include <cerrno>
#include <limits>
#include <sys/socket.h>

using namespace Qt::StringLiterals;

namespace quarry::agent {

namespace {

constexpr std::size_t laneMax = streamWindow;
constexpr int batchesATurn = 4;
constexpr int helloBytesMax = 1024;

QList<QByteArray> defaultEnvironment()
{
    return {"PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME=/root",
            "USER=root",
            "LOGNAME=root",
            "SHELL=/bin/bash",
            "LANG=C.UTF-8"};
}

// Compares in a time that tells nothing of where they differ.
bool sameToken(const QByteArray &expected, const std::string &shown)
{
    unsigned different = std::size_t(expected.size()) != shown.size();
    for (std::size_t i = 0; i < shown.size() && qsizetype(i) < expected.size(); ++i)
        different |= unsigned(static_cast<unsigned char>(expected[qsizetype(i)])
                              ^ static_cast<unsigned char>(shown[i]));
    return different == 0;
}

Error violationError(const QString &what)
{
    return {
        ErrorCode::ConnectionLost, u"The sandbox's agent broke its protocol: %1."_s.arg(what), {}};
}

} // namespace

AgentClient::AgentClient(UniqueFd stream, QObject *parent)
    : QObject(parent), m_fd(std::move(stream)), m_readNotifier(QSocketNotifier::Read),
      m_writeNotifier(QSocketNotifier::Write),
      // Callers bound what they queue by bytesQueued(); room() only says when to tell them.
      m_outbox(laneMax, std::numeric_limits<std::size_t>::max())
{
    m_readNotifier.setEnabled(false);
    m_writeNotifier.setEnabled(false);
    m_deadline.setSingleShot(true);
    connect(&m_readNotifier, &QSocketNotifier::activated, this, &AgentClient::readable);
    connect(&m_writeNotifier, &QSocketNotifier::activated, this, &AgentClient::flush);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        lose({ErrorCode::Timeout, u"The sandbox's agent did not say hello in time."_s, {}});
    });
}

AgentClient::~AgentClient()
{
    blockSignals(true);
    m_readyCallback = nullptr;
    lose({ErrorCode::ConnectionLost, u"The connection to the sandbox's agent was closed."_s, {}});
}

void AgentClient::start(const AgentConfig &config, Callback<void> ready)
{
    m_config = config;
    if (m_config.environment.isEmpty())
        m_config.environment = defaultEnvironment();
    m_readyCallback = std::move(ready);
    m_readNotifier.setSocket(m_fd.get());
    m_writeNotifier.setSocket(m_fd.get());
    m_readNotifier.setEnabled(true);
    m_deadline.start(config.helloTimeout);
}

AgentProcess *AgentClient::spawn(const SpawnSpec &spec)
{
    return new AgentProcess(this, spec, this);
}

quint32 AgentClient::openStream(AgentStream *stream, StreamKind kind, Encoder &&request)
{
    do
        ++m_lastId;
    while (m_lastId == 0 || m_entries.contains(m_lastId) || m_outbox.has(m_lastId));
    auto entry = std::make_shared<Entry>();
    entry->stream = stream;
    m_entries.insert(m_lastId, entry);
    m_outbox.add(m_lastId);
    Encoder opening;
    opening.u8(static_cast<std::uint8_t>(kind)).raw(request.bytes());
    queueFrame(m_lastId, FrameType::Open, Payload(std::move(opening)));
    return m_lastId;
}

void AgentClient::queueFrame(quint32 id, FrameType type, Payload payload)
{
    m_outbox.queue(id, type, std::move(payload));
    if (isData(type))
        m_outbox.room(id); // asks to be woken when it is full
    scheduleFlush();
}

void AgentClient::closeStream(quint32 id)
{
    const auto entry = m_entries.value(id);
    if (!entry)
        return;
    entry->stream = nullptr; // the entry stays until the agent's Close
    Encoder failure;
    Failure{}.encode(failure);
    m_outbox.close(id, Payload(std::move(failure)), true);
    scheduleFlush();
}

void AgentClient::consumeFor(quint32 id, qint64 count)
{
    const auto entry = m_entries.value(id);
    const std::uint32_t grant = entry && count > 0 ? entry->window.consume(std::size_t(count)) : 0;
    if (grant == 0)
        return;
    Encoder credit;
    credit.u32(grant);
    m_outbox.control(FrameType::Credit, id, Payload(std::move(credit)));
    scheduleFlush();
}

void AgentClient::protocolViolation(const QString &what)
{
    lose(violationError(what));
}

void AgentClient::readable()
{
    const std::span<std::uint8_t> space = m_reader.space();
    const ssize_t count = recv(m_fd.get(), space.data(), space.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0) {
        lose({ErrorCode::ConnectionLost, u"The sandbox's agent has ended."_s, {}});
        return;
    }
    m_reader.filled(std::size_t(count));
    FrameHeader header;
    Bytes payload;
    const QPointer<AgentClient> self(this);
    while (self && !m_lost) {
        switch (m_reader.next(header, payload)) {
        case FrameReader::Result::NeedMore:
            return;
        case FrameReader::Result::TooLong:
            protocolViolation(u"a frame of %1 bytes is longer than allowed"_s.arg(header.size));
            return;
        case FrameReader::Result::UnknownType:
            protocolViolation(u"a frame has the unknown type %1"_s.arg(int(header.type)));
            return;
        case FrameReader::Result::Frame:
            takeFrame(header, payload);
        }
    }
}

void AgentClient::takeFrame(const FrameHeader &header, Bytes payload)
{
    if (header.type == FrameType::Abort) {
        const auto *text = static_cast<const char *>(static_cast<const void *>(payload.data()));
        const QString words
            = QString::fromUtf8(text, qsizetype(std::min<std::size_t>(payload.size(), 512)));
        lose({ErrorCode::ConnectionLost, u"The sandbox's agent gave up: %1."_s.arg(words), {}});
    } else if (!m_ready || header.type == FrameType::Hello) {
        takeHello(header, payload);
    } else {
        takeStreamFrame(header, payload);
    }
}

void AgentClient::takeHello(const FrameHeader &header, Bytes payload)
{
    if (m_ready || header.type != FrameType::Hello || header.stream != 0
        || payload.size() > helloBytesMax || !Hello::decode(Decoder(payload), m_hello)) {
        protocolViolation(u"its first frame, and only that, must be a hello"_s);
        return;
    }
    if (m_hello.version != protocolVersion) {
        lose({ErrorCode::Unsupported,
              u"The sandbox's agent speaks version %1 of the protocol, this program version %2."_s
                  .arg(m_hello.version)
                  .arg(protocolVersion),
              {}});
        return;
    }
    if (!sameToken(m_config.token, m_hello.token)) {
        lose(
            {ErrorCode::PermissionDenied, u"The agent that called has not the right token."_s, {}});
        return;
    }
    m_deadline.stop();
    m_ready = true;
    sendConfig();
    flush();
    if (!m_lost)
        answerReady({});
}

void AgentClient::sendConfig()
{
    Config config;
    for (const QByteArray &variable : std::as_const(m_config.environment))
        config.environment.push_back(variable.toStdString());
    config.cwd = m_config.cwd.toStdString();
    Encoder encoded;
    config.encode(encoded);
    if (encoded.size() > payloadMax) {
        lose({ErrorCode::LimitExceeded, u"The sandbox's environment is larger than 64 KiB."_s, {}});
        return;
    }
    m_outbox.control(FrameType::Config, 0, Payload(std::move(encoded)));
}

void AgentClient::takeStreamFrame(const FrameHeader &header, Bytes payload)
{
    const auto entry = m_entries.value(header.stream);
    if (!entry) {
        protocolViolation(u"a frame names stream %1, which is not open"_s.arg(header.stream));
        return;
    }
    if (isData(header.type)) {
        takeData(*entry, channelOf(header.type), payload);
        return;
    }
    switch (header.type) {
    case FrameType::Message:
        if (entry->stream)
            entry->stream->handleMessage(Decoder(payload));
        return;
    case FrameType::End:
        if (!std::exchange(entry->agentEnded, true) && entry->stream)
            entry->stream->handleEnd();
        return;
    case FrameType::Credit:
        takeCredit(header.stream, payload);
        return;
    case FrameType::Close:
        takeClose(header.stream, payload);
        return;
    default:
        protocolViolation(u"a frame of type %1 is out of place"_s.arg(int(header.type)));
    }
}

void AgentClient::takeData(Entry &entry, std::uint8_t channel, Bytes payload)
{
    if (entry.agentEnded || !entry.window.receive(payload.size()))
        protocolViolation(u"more data came than was allowed"_s);
    else if (entry.stream && !payload.empty())
        entry.stream->handleData(channel, payload);
}

void AgentClient::takeCredit(quint32 id, Bytes payload)
{
    Decoder credit(payload);
    const std::uint32_t count = credit.u32();
    if (!credit.finished() || !m_outbox.grant(id, count))
        protocolViolation(u"a credit is malformed"_s);
    else
        scheduleFlush();
}

void AgentClient::takeClose(quint32 id, Bytes payload)
{
    Failure failure;
    if (!Failure::decode(Decoder(payload), failure)) {
        protocolViolation(u"the end of a stream is malformed"_s);
        return;
    }
    const QPointer<AgentStream> stream = m_entries.value(id)->stream;
    closeStream(id);
    m_entries.remove(id);
    if (!stream)
        return;
    stream->m_id = 0;
    stream->handleClosed(failure.failed() ? Result<void>(toError(failure)) : Result<void>(),
                         failure);
}

void AgentClient::scheduleFlush()
{
    if (m_lost || std::exchange(m_flushScheduled, true))
        return;
    QMetaObject::invokeMethod(this, &AgentClient::flush, Qt::QueuedConnection);
}

void AgentClient::flush()
{
    m_flushScheduled = false;
    if (!m_ready || m_lost)
        return; // nothing leaves before the agent has shown who it is
    bool more = true;
    for (int batch = 0; !m_lost && more && batch < batchesATurn; ++batch) {
        const std::span<const iovec> vectors = m_outbox.gather();
        more = !vectors.empty();
        if (!more)
            break;
        msghdr message{};
        message.msg_iov = const_cast<iovec *>(vectors.data());
        message.msg_iovlen = vectors.size();
        const ssize_t count = sendmsg(m_fd.get(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0 && errno != EAGAIN && errno != EINTR) {
            lose({ErrorCode::ConnectionLost, u"The sandbox's agent has ended."_s, {}});
            return;
        }
        if (count < 0)
            break;
        m_outbox.sent(std::size_t(count));
    }
    if (m_writeNotifier.isEnabled() != more)
        m_writeNotifier.setEnabled(more);
    tellSent();
}

void AgentClient::tellSent()
{
    const QPointer<AgentClient> self(this);
    for (const std::uint32_t id : m_outbox.takeWoken()) {
        const auto entry = self ? m_entries.value(id) : nullptr;
        if (entry && entry->stream)
            entry->stream->handleSent();
    }
}

void AgentClient::lose(const Error &error)
{
    if (std::exchange(m_lost, true))
        return;
    m_deadline.stop();
    m_readNotifier.setEnabled(false);
    m_writeNotifier.setEnabled(false);
    m_fd.reset();
    const QPointer<AgentClient> self(this);
    const Failure gone = Failure::of(Failure::Kind::Gone, error.message.toStdString());
    for (const auto &entry : std::exchange(m_entries, {})) {
        AgentStream *stream = entry->stream;
        if (!stream)
            continue;
        stream->m_id = 0;
        stream->handleClosed(error, gone);
    }
    if (!self)
        return;
    answerReady(error);
    if (self)
        Q_EMIT lost(error);
}

void AgentClient::answerReady(Result<void> result)
{
    if (const auto ready = std::exchange(m_readyCallback, nullptr))
        ready(std::move(result));
}

} // namespace quarry::agent
