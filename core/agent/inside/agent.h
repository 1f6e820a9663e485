// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The agent's end of the byte stream: frames in, handlers, frames out. A violation of the protocol
// by the engine is answered by Abort and the end.
#pragma once

#include "agent/inside/loop/loop.h"
#include "agent/inside/loop/services.h"
#include "agent/inside/loop/stream.h"
#include "agent/wire/framereader.h"
#include "agent/wire/outbox.h"

#include <map>
#include <string>

namespace quarry::agent {

class StreamEnd;

class Agent
{
public:
    using Handlers = std::map<StreamKind, HandlerFactory>;

    // FD is a non-blocking stream socket, the caller's. ENDED comes once, when the stream is over.
    Agent(Services &services, int fd, Handlers handlers, std::function<void()> ended);
    ~Agent();

    // Says hello. False where the descriptor cannot be watched.
    bool start(const std::string &token);

    std::size_t streamCount() const { return m_streams.size(); }

private:
    friend class StreamEnd;
    void ready(std::uint32_t events);
    void receive();
    bool takeFrames();
    bool takeFrame(const FrameHeader &header, Bytes payload);
    bool takeConfig(const FrameHeader &header, Bytes payload);
    bool takeStreamFrame(const FrameHeader &header, Bytes payload);
    bool open(std::uint32_t id, Bytes payload);
    void closed(std::uint32_t id);
    bool violation(const std::string &what);
    void scheduleFlush();
    void flush();
    void wantWritable(bool wanted);
    void wakeStreams();
    void end();
    void bury(std::unique_ptr<StreamHandler> handler);

    Services &m_services;
    int m_fd;
    Handlers m_handlers;
    std::function<void()> m_ended;
    FrameReader m_reader;
    Outbox m_outbox;
    std::map<std::uint32_t, std::unique_ptr<StreamEnd>> m_streams;
    bool m_configured = false;
    bool m_flushing = false;
    bool m_wantsWritable = false;
    bool m_over = false;
    // What deferred calls hold to see whether the agent still is.
    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
};

} // namespace quarry::agent
