// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of an engine gone mad into the agent: frames, credit, streams, the decoders of every
// request. The handlers echo and touch nothing. An odd first byte puts a valid configuration ahead.
#include "agent/inside/agent.h"
#include "agent/inside/loop/reaper.h"
#include "agent/wire/callmessages.h"
#include "agent/wire/processmessages.h"
#include "agent/wire/sessionmessages.h"
#include "agent/wire/spawnmessages.h"

#include <cstdlib>
#include <sys/socket.h>
#include <unistd.h>

using namespace quarry::agent;

namespace {

class Echo : public StreamHandler
{
public:
    explicit Echo(Stream &stream) : StreamHandler(stream) { }

    void data(std::uint8_t channel, Bytes bytes) override
    {
        m_stream.consume(bytes.size());
        if (m_stream.sendable() > 0)
            m_stream.send(channel, Payload(std::vector<std::uint8_t>(bytes.begin(), bytes.end())));
    }
    void message(Decoder message) override
    {
        SpawnControl control;
        SessionRequest request;
        const bool known
            = SpawnControl::decode(message, control) || SessionRequest::decode(message, request);
        m_stream.sendMessage(std::move(Encoder().u8(known ? 1 : 0)));
    }
    void ended() override
    {
        m_stream.sendEnd();
        m_stream.finish();
    }
};

template <typename Request>
std::unique_ptr<StreamHandler> decoding(Stream &stream, Services &services, Decoder in)
{
    Request request;
    if (!Request::decode(in, request)) {
        stream.fail(Failure::of(Failure::Kind::Invalid, "malformed"));
        return nullptr;
    }
    static_cast<void>(services.environment({"A=1", "B"}));
    return std::make_unique<Echo>(stream);
}

Agent::Handlers echoHandlers()
{
    return {{StreamKind::Spawn, decoding<SpawnRequest>},
            {StreamKind::FileRead, decoding<FileReadRequest>},
            {StreamKind::FileWrite, decoding<FileWriteRequest>},
            {StreamKind::Call, decoding<CallRequest>},
            {StreamKind::Connect, decoding<ConnectRequest>},
            {StreamKind::Session, decoding<SessionOpen>},
            {StreamKind::Signal, decoding<SignalRequest>}};
}

void write(int fd, Loop &loop, Bytes bytes)
{
    while (!bytes.empty()) {
        const ssize_t count = send(fd, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
        std::uint8_t answer[4096];
        while (recv(fd, answer, sizeof answer, MSG_DONTWAIT) > 0) {
        }
        loop.turn(0);
        if (count < 0 && errno != EAGAIN)
            return;
        bytes = bytes.subspan(count > 0 ? std::size_t(count) : 0);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    int ends[2];
    if (size == 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return 0;
    Loop loop;
    Reaper reaper(loop);
    Services services(loop, reaper);
    bool over = false;
    {
        Agent agent(services, ends[0], echoHandlers(), [&over] { over = true; });
        if (!agent.start({}))
            abort();
        if (data[0] & 1) {
            Encoder config;
            Config{}.encode(config);
            std::uint8_t header[frameHeaderSize];
            writeHeader({FrameType::Config, 0, std::uint32_t(config.size())}, header);
            write(ends[1], loop, header);
            write(ends[1], loop, config.bytes());
        }
        const Bytes bytes(data + 1, size - 1);
        write(ends[1], loop, bytes.first(bytes.size() / 2));
        write(ends[1], loop, bytes.subspan(bytes.size() / 2));
        close(ends[1]);
        for (int i = 0; i < 1000 && !over; ++i)
            loop.turn(0);
        if (!over)
            abort(); // an ended stream ends the agent
    }
    loop.turn(0);
    close(ends[0]);
    return 0;
}
