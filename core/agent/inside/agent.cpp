// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/agent.h"

#include "agent/inside/streamend.h"

#include <cerrno>
#include <sys/epoll.h>
#include <sys/socket.h>

namespace quarry::agent {

namespace {

constexpr std::size_t laneMax = 64 * 1024;
constexpr std::size_t totalMax = 4 * 1024 * 1024;
constexpr int batchesATurn = 4;

} // namespace

Agent::Agent(Services &services, int fd, Handlers handlers, std::function<void()> ended)
    : m_services(services), m_fd(fd), m_handlers(std::move(handlers)), m_ended(std::move(ended)),
      m_outbox(laneMax, totalMax)
{
}

Agent::~Agent()
{
    *m_alive = false;
    m_services.loop.unwatch(m_fd);
    for (auto &[id, stream] : m_streams)
        stream->over = true; // handlers that go now send nothing more
}

bool Agent::start(const std::string &token)
{
    Hello hello;
    hello.token = token;
    for (const auto &[kind, factory] : m_handlers) {
        switch (kind) {
        case StreamKind::Spawn:
            hello.capabilities |= CapabilitySpawn;
            break;
        case StreamKind::Connect:
            hello.capabilities |= CapabilityConnect;
            break;
        case StreamKind::Session:
            hello.capabilities |= CapabilitySessions;
            break;
        case StreamKind::Processes:
            hello.capabilities |= CapabilityProcesses;
            break;
        default:
            hello.capabilities |= CapabilityFiles;
            break;
        }
    }
    Encoder encoded;
    hello.encode(encoded);
    m_outbox.control(FrameType::Hello, 0, Payload(std::move(encoded)));
    if (!m_services.loop.watch(m_fd, EPOLLIN, [this](std::uint32_t events) { ready(events); }))
        return false;
    flush();
    return !m_over;
}

void Agent::ready(std::uint32_t events)
{
    if (events & EPOLLOUT)
        flush();
    if (!m_over && (events & (EPOLLIN | EPOLLHUP | EPOLLERR)))
        receive();
}

void Agent::receive()
{
    const std::span<std::uint8_t> space = m_reader.space();
    const ssize_t count = recv(m_fd, space.data(), space.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0) {
        end();
        return;
    }
    m_reader.filled(static_cast<std::size_t>(count));
    takeFrames();
}

bool Agent::takeFrames()
{
    FrameHeader header;
    Bytes payload;
    while (!m_over) {
        switch (m_reader.next(header, payload)) {
        case FrameReader::Result::NeedMore:
            return true;
        case FrameReader::Result::TooLong:
            return violation("a frame is longer than 64 KiB");
        case FrameReader::Result::UnknownType:
            return violation("a frame has an unknown type");
        case FrameReader::Result::Frame:
            if (!takeFrame(header, payload))
                return false;
        }
    }
    return false;
}

bool Agent::takeFrame(const FrameHeader &header, Bytes payload)
{
    if (header.type == FrameType::Abort) {
        end();
        return false;
    }
    if (!m_configured || header.type == FrameType::Config)
        return takeConfig(header, payload);
    if (header.stream == 0 || header.type == FrameType::Hello)
        return violation("a frame of the engine's is out of place");
    if (header.type == FrameType::Open)
        return open(header.stream, payload);
    return takeStreamFrame(header, payload);
}

bool Agent::takeConfig(const FrameHeader &header, Bytes payload)
{
    if (m_configured || header.type != FrameType::Config || header.stream != 0)
        return violation("the first frame, and only that, must be the configuration");
    if (!Config::decode(Decoder(payload), m_services.config))
        return violation("the configuration is malformed");
    if (m_services.config.version != protocolVersion)
        return violation("the engine speaks another version of the protocol");
    m_configured = true;
    return true;
}

bool Agent::open(std::uint32_t id, Bytes payload)
{
    if (m_streams.contains(id) || m_outbox.has(id))
        return violation("a stream is opened twice");
    if (m_streams.size() >= streamsMax)
        return violation("too many streams are open");
    Decoder request(payload);
    const auto kind = static_cast<StreamKind>(request.u8());
    StreamEnd &stream
        = *m_streams.emplace(id, std::make_unique<StreamEnd>(*this, id)).first->second;
    m_outbox.add(id);
    const auto factory = m_handlers.find(kind);
    if (!request.ok() || factory == m_handlers.end()) {
        stream.fail(
            Failure::of(Failure::Kind::Unsupported, "This agent has no such kind of stream."));
        return true;
    }
    std::unique_ptr<StreamHandler> handler = factory->second(stream, m_services, request);
    if (stream.over)
        bury(std::move(handler));
    else
        stream.handler = std::move(handler);
    return true;
}

bool Agent::takeStreamFrame(const FrameHeader &header, Bytes payload)
{
    const auto found = m_streams.find(header.stream);
    if (found == m_streams.end())
        return violation("a frame names a stream that is not open");
    StreamEnd &stream = *found->second;
    if (isData(header.type)) {
        if (stream.engineEnded || !stream.window.receive(payload.size()))
            return violation("more data came than was allowed");
        if (stream.handler && !payload.empty())
            stream.handler->data(channelOf(header.type), payload);
        return true;
    }
    switch (header.type) {
    case FrameType::Message:
        if (stream.handler)
            stream.handler->message(Decoder(payload));
        return true;
    case FrameType::End:
        if (!std::exchange(stream.engineEnded, true) && stream.handler)
            stream.handler->ended();
        return true;
    case FrameType::Credit: {
        Decoder credit(payload);
        const std::uint32_t count = credit.u32();
        if (!credit.finished() || !m_outbox.grant(header.stream, count))
            return violation("a credit is malformed");
        scheduleFlush();
        return true;
    }
    case FrameType::Close:
        closed(header.stream);
        return true;
    default:
        return violation("a frame of the engine's is out of place");
    }
}

void Agent::closed(std::uint32_t id)
{
    const auto found = m_streams.find(id);
    const std::unique_ptr<StreamEnd> stream = std::move(found->second);
    m_streams.erase(found);
    stream->over = true;
    stream->handler.reset();
    Encoder encoded;
    Failure{}.encode(encoded);
    m_outbox.close(id, Payload(std::move(encoded)), true);
    scheduleFlush();
}

bool Agent::violation(const std::string &what)
{
    m_outbox.control(FrameType::Abort, 0,
                     Payload(std::move(Encoder().raw(
                         {static_cast<const std::uint8_t *>(static_cast<const void *>(what.data())),
                          what.size()}))));
    flush();
    end();
    return false;
}

void Agent::scheduleFlush()
{
    if (m_over || std::exchange(m_flushing, true))
        return;
    m_services.loop.defer([this, alive = m_alive] {
        if (!*alive)
            return;
        m_flushing = false;
        flush();
    });
}

void Agent::flush()
{
    for (int batch = 0; !m_over && batch < batchesATurn; ++batch) {
        const std::span<const iovec> vectors = m_outbox.gather();
        if (vectors.empty()) {
            wantWritable(false);
            wakeStreams();
            return;
        }
        msghdr message{};
        message.msg_iov = const_cast<iovec *>(vectors.data());
        message.msg_iovlen = vectors.size();
        const ssize_t count = sendmsg(m_fd, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0 && errno != EAGAIN && errno != EINTR) {
            end();
            return;
        }
        if (count < 0)
            break;
        m_outbox.sent(static_cast<std::size_t>(count));
    }
    wantWritable(true);
    wakeStreams();
}

void Agent::wantWritable(bool wanted)
{
    if (std::exchange(m_wantsWritable, wanted) != wanted)
        m_services.loop.change(m_fd, wanted ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

void Agent::wakeStreams()
{
    for (const std::uint32_t id : m_outbox.takeWoken()) {
        const auto stream = m_streams.find(id);
        if (stream != m_streams.end() && stream->second->handler)
            stream->second->handler->writable();
    }
}

void Agent::end()
{
    if (std::exchange(m_over, true))
        return;
    m_services.loop.unwatch(m_fd);
    m_ended();
}

void Agent::bury(std::unique_ptr<StreamHandler> handler)
{
    if (handler)
        m_services.loop.defer([kept = std::shared_ptr<StreamHandler>(std::move(handler))] { });
}

} // namespace quarry::agent
