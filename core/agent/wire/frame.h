// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The frame, the unit of the agent's byte stream: u32-LE payload length, u8 type, u32-LE stream id,
// payload. PROTOCOL.md beside this room has the whole protocol.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace quarry::agent {

using Bytes = std::span<const std::uint8_t>;

inline constexpr std::uint16_t protocolVersion = 1;
inline constexpr std::size_t frameHeaderSize = 9;
inline constexpr std::size_t payloadMax = 64 * 1024;
// Data bytes that may be under way, unconsumed, for each stream and direction.
inline constexpr std::uint32_t streamWindow = 256 * 1024;
// Streams open at once; one more is a violation.
inline constexpr std::size_t streamsMax = 4096;
// Data carries a channel (0…channelCount-1) in its type.
inline constexpr std::uint8_t channelCount = 4;

enum class FrameType : std::uint8_t {
    Hello = 0x01, // agent to engine, once, first: Hello
    Config = 0x02, // engine to agent, once, first: Config
    Abort = 0x03, // either, stream 0: a sentence, then the sender hangs up
    Open = 0x10, // engine to agent: u8 StreamKind, then the kind's request
    Message = 0x11, // either: in order with the data, outside the credit; the kind says what
    End = 0x12, // either: no more data from this side
    Credit = 0x13, // either: u32 more data bytes that the other side may send
    Close = 0x14, // either: the stream is over, Failure (see messages.h); answered by Close
    Data = 0x20, // …0x23: bytes of channel 0…3, counted by the credit
};

struct FrameHeader {
    FrameType type = FrameType::Abort;
    std::uint32_t stream = 0;
    std::uint32_t size = 0; // of the payload
};

constexpr FrameType dataType(std::uint8_t channel)
{
    return static_cast<FrameType>(static_cast<std::uint8_t>(FrameType::Data) + channel);
}

constexpr bool isData(FrameType type)
{
    const auto value = static_cast<std::uint8_t>(type);
    return value >= 0x20 && value < 0x20 + channelCount;
}

// Only for data frames.
constexpr std::uint8_t channelOf(FrameType type)
{
    return static_cast<std::uint8_t>(static_cast<std::uint8_t>(type) - 0x20);
}

void writeHeader(const FrameHeader &header, std::uint8_t (&out)[frameHeaderSize]);
FrameHeader readHeader(const std::uint8_t *bytes); // frameHeaderSize bytes
// Whether this version of the protocol has the type.
bool isKnown(FrameType type);

} // namespace quarry::agent
