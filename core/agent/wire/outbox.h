// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What waits to be sent: a queue for each stream, served in turn, a frame each, so that no stream
// starves another; data leaves only as far as the other side's credit goes.
#pragma once

#include "agent/wire/payload.h"

#include <deque>
#include <sys/uio.h>
#include <unordered_map>

namespace quarry::agent {

class Outbox
{
public:
    // LANEMAX and TOTALMAX: how many data bytes of a stream, and of all, room() lets wait.
    Outbox(std::size_t laneMax, std::size_t totalMax) : m_laneMax(laneMax), m_totalMax(totalMax) { }

    void add(std::uint32_t stream);
    bool has(std::uint32_t stream) const { return m_lanes.contains(stream); }

    // Ahead of every queue: Hello, Config, Abort, Credit. At most payloadMax bytes.
    void control(FrameType type, std::uint32_t stream, Payload payload);
    // In the stream's order. Data may be of any size, others are at most payloadMax bytes. Nothing
    // for an unknown stream.
    void queue(std::uint32_t stream, FrameType type, Payload payload);
    // The last frame of the stream; its queue goes when it has left. With DISCARD what waits is
    // dropped.
    void close(std::uint32_t stream, Payload failure, bool discard);

    // The other side takes COUNT more. False when it grants more than a window: a violation.
    bool grant(std::uint32_t stream, std::uint32_t count);

    std::size_t queued(std::uint32_t stream) const; // data bytes
    // How many data bytes may be queued now. After an answer of 0 the stream will be in takeWoken()
    // once.
    std::size_t room(std::uint32_t stream);
    std::vector<std::uint32_t> takeWoken();

    // What to write next, in order; empty: nothing can be sent. Valid until sent().
    std::span<const iovec> gather();
    void sent(std::size_t count); // how many bytes of it were written

private:
    struct Item {
        FrameType type;
        Payload payload;
        std::size_t offset;
    };
    struct Lane {
        std::deque<Item> items;
        std::uint32_t credit = streamWindow;
        std::size_t queued = 0;
        bool inRing = false;
        bool waiting = false;
        bool closing = false;
    };
    struct Frame {
        std::uint8_t header[frameHeaderSize];
        Payload payload;
    };

    static bool sendable(const Lane &lane);
    void enter(std::uint32_t stream, Lane &lane);
    void fillBatch();
    void takeFrame(std::uint32_t stream, Lane &lane);
    std::size_t addFrame(FrameType type, std::uint32_t stream, Payload payload);
    bool hasRoom(const Lane &lane) const;
    void wake();

    std::size_t m_laneMax;
    std::size_t m_totalMax;
    std::size_t m_total = 0;
    std::unordered_map<std::uint32_t, Lane> m_lanes;
    std::deque<std::uint32_t> m_ring; // streams with something to send, next first
    std::deque<std::pair<FrameHeader, Payload>> m_control;
    std::vector<std::uint32_t> m_waiting;
    std::vector<std::uint32_t> m_woken;
    std::vector<Frame> m_batch;
    std::vector<iovec> m_vectors;
    std::size_t m_firstVector = 0;
};

} // namespace quarry::agent
