// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/wire/framereader.h"

#include <algorithm>
#include <cstring>

namespace quarry::agent {

namespace {

constexpr std::size_t smallCapacity = 16 * 1024;
constexpr std::size_t largeCapacity = 256 * 1024;
constexpr int smallFillsToShrink = 64;

} // namespace

std::span<std::uint8_t> FrameReader::space()
{
    const std::size_t held = m_end - m_begin;
    std::size_t wanted = std::max(m_capacity, smallCapacity);
    if (m_wasFull)
        wanted = largeCapacity;
    else if (m_smallFills >= smallFillsToShrink)
        wanted = smallCapacity;
    if (held >= frameHeaderSize)
        wanted = std::max(wanted, frameHeaderSize + readHeader(m_buffer.get() + m_begin).size);
    wanted = std::max(wanted, held + 1);
    if (wanted != m_capacity) {
        resize(wanted);
    } else if (m_begin > 0) {
        std::memmove(m_buffer.get(), m_buffer.get() + m_begin, held);
        m_begin = 0;
        m_end = held;
    }
    return {m_buffer.get() + m_end, m_capacity - m_end};
}

void FrameReader::resize(std::size_t capacity)
{
    auto buffer = std::make_unique_for_overwrite<std::uint8_t[]>(capacity);
    const std::size_t held = m_end - m_begin;
    if (held > 0)
        std::memcpy(buffer.get(), m_buffer.get() + m_begin, held);
    m_buffer = std::move(buffer);
    m_capacity = capacity;
    m_begin = 0;
    m_end = held;
    m_smallFills = 0;
}

void FrameReader::filled(std::size_t count)
{
    m_end += count;
    m_wasFull = m_end == m_capacity;
    m_smallFills = count < smallCapacity / 4 ? m_smallFills + 1 : 0;
}

FrameReader::Result FrameReader::next(FrameHeader &header, Bytes &payload)
{
    const std::size_t held = m_end - m_begin;
    if (held < frameHeaderSize)
        return Result::NeedMore;
    const std::uint8_t *frame = m_buffer.get() + m_begin;
    header = readHeader(frame);
    if (header.size > payloadMax)
        return Result::TooLong;
    if (!isKnown(header.type))
        return Result::UnknownType;
    if (held < frameHeaderSize + header.size)
        return Result::NeedMore;
    payload = {frame + frameHeaderSize, header.size};
    m_begin += frameHeaderSize + header.size;
    return Result::Frame;
}

} // namespace quarry::agent
