// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/wire/outbox.h"

#include <algorithm>
#include <utility>
#include <utility>

namespace quarry::agent {

namespace {

constexpr std::size_t batchBytes = 256 * 1024;
constexpr std::size_t batchFrames = 64;

iovec vectorOf(const std::uint8_t *bytes, std::size_t size)
{
    return {const_cast<std::uint8_t *>(bytes), size};
}

} // namespace

void Outbox::add(std::uint32_t stream)
{
    m_lanes.try_emplace(stream);
}

void Outbox::control(FrameType type, std::uint32_t stream, Payload payload)
{
    m_control.emplace_back(FrameHeader{type, stream, 0}, std::move(payload));
}

void Outbox::queue(std::uint32_t stream, FrameType type, Payload payload)
{
    const auto lane = m_lanes.find(stream);
    if (lane == m_lanes.end() || lane->second.closing)
        return;
    if (isData(type)) {
        if (payload.bytes.empty())
            return;
        lane->second.queued += payload.bytes.size();
        m_total += payload.bytes.size();
    }
    lane->second.items.push_back({type, std::move(payload), 0});
    enter(stream, lane->second);
}

void Outbox::close(std::uint32_t stream, Payload failure, bool discard)
{
    const auto lane = m_lanes.find(stream);
    if (lane == m_lanes.end())
        return;
    if (discard) {
        m_total -= lane->second.queued;
        lane->second.queued = 0;
        // A close that waited already is dropped with the rest: this one takes its place.
        lane->second.items.clear();
        lane->second.closing = false;
    }
    queue(stream, FrameType::Close, std::move(failure));
    lane->second.closing = true;
}

bool Outbox::grant(std::uint32_t stream, std::uint32_t count)
{
    const auto lane = m_lanes.find(stream);
    if (lane == m_lanes.end())
        return true; // it crossed our close
    if (count > streamWindow - lane->second.credit)
        return false;
    lane->second.credit += count;
    enter(stream, lane->second);
    return true;
}

std::size_t Outbox::queued(std::uint32_t stream) const
{
    const auto lane = m_lanes.find(stream);
    return lane == m_lanes.end() ? 0 : lane->second.queued;
}

bool Outbox::hasRoom(const Lane &lane) const
{
    return m_total < m_totalMax && lane.queued < m_laneMax;
}

std::size_t Outbox::room(std::uint32_t stream)
{
    const auto lane = m_lanes.find(stream);
    if (lane == m_lanes.end())
        return 0;
    if (hasRoom(lane->second))
        return std::min(m_laneMax - lane->second.queued, m_totalMax - m_total);
    if (!std::exchange(lane->second.waiting, true))
        m_waiting.push_back(stream);
    return 0;
}

void Outbox::wake()
{
    std::erase_if(m_waiting, [this](std::uint32_t stream) {
        const auto lane = m_lanes.find(stream);
        if (lane == m_lanes.end())
            return true;
        if (m_total >= m_totalMax || lane->second.queued > m_laneMax / 2)
            return false;
        lane->second.waiting = false;
        m_woken.push_back(stream);
        return true;
    });
}

std::vector<std::uint32_t> Outbox::takeWoken()
{
    return std::exchange(m_woken, {});
}

bool Outbox::sendable(const Lane &lane)
{
    return !lane.items.empty() && (lane.credit > 0 || !isData(lane.items.front().type));
}

void Outbox::enter(std::uint32_t stream, Lane &lane)
{
    if (lane.inRing || !sendable(lane))
        return;
    lane.inRing = true;
    m_ring.push_back(stream);
}

std::span<const iovec> Outbox::gather()
{
    if (m_firstVector == m_vectors.size())
        fillBatch();
    return std::span<const iovec>(m_vectors).subspan(m_firstVector);
}

void Outbox::fillBatch()
{
    m_batch.clear();
    m_vectors.clear();
    m_firstVector = 0;
    m_batch.reserve(batchFrames); // the vectors point into it
    std::size_t bytes = 0;
    while (!m_control.empty() && m_batch.size() < batchFrames) {
        auto [header, payload] = std::move(m_control.front());
        m_control.pop_front();
        bytes += addFrame(header.type, header.stream, std::move(payload));
    }
    while (!m_ring.empty() && m_batch.size() < batchFrames && bytes < batchBytes) {
        const std::uint32_t stream = m_ring.front();
        m_ring.pop_front();
        const auto lane = m_lanes.find(stream);
        if (lane == m_lanes.end())
            continue;
        lane->second.inRing = false;
        if (!sendable(lane->second))
            continue;
        takeFrame(stream, lane->second);
        bytes += m_batch.back().payload.bytes.size() + frameHeaderSize;
        if (lane->second.closing && lane->second.items.empty())
            m_lanes.erase(lane);
        else
            enter(stream, lane->second);
    }
    wake();
}

void Outbox::takeFrame(std::uint32_t stream, Lane &lane)
{
    Item &item = lane.items.front();
    if (!isData(item.type)) {
        addFrame(item.type, stream, std::move(item.payload));
        lane.items.pop_front();
        return;
    }
    const Bytes left = item.payload.bytes.subspan(item.offset);
    const std::size_t size = std::min({left.size(), payloadMax, std::size_t(lane.credit)});
    addFrame(item.type, stream, Payload(item.payload.owner, left.first(size)));
    item.offset += size;
    lane.credit -= static_cast<std::uint32_t>(size);
    lane.queued -= size;
    m_total -= size;
    if (size == left.size())
        lane.items.pop_front();
}

std::size_t Outbox::addFrame(FrameType type, std::uint32_t stream, Payload payload)
{
    const std::size_t size = payload.bytes.size();
    Frame &frame = m_batch.emplace_back(Frame{{}, std::move(payload)});
    writeHeader({type, stream, static_cast<std::uint32_t>(size)}, frame.header);
    m_vectors.push_back(vectorOf(frame.header, frameHeaderSize));
    if (size > 0)
        m_vectors.push_back(vectorOf(frame.payload.bytes.data(), size));
    return size + frameHeaderSize;
}

void Outbox::sent(std::size_t count)
{
    while (count > 0 && m_firstVector < m_vectors.size()) {
        iovec &vector = m_vectors[m_firstVector];
        const std::size_t part = std::min(count, vector.iov_len);
        vector.iov_base = static_cast<std::uint8_t *>(vector.iov_base) + part;
        vector.iov_len -= part;
        count -= part;
        if (vector.iov_len == 0)
            ++m_firstVector;
    }
    if (m_firstVector == m_vectors.size()) {
        m_batch.clear(); // lets the owners of the bytes go
        m_vectors.clear();
        m_firstVector = 0;
    }
}

} // namespace quarry::agent
