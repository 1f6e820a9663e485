// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/wire/frame.h"

namespace quarry::agent {

namespace {

void put32(std::uint32_t value, std::uint8_t *out)
{
    for (int i = 0; i < 4; ++i)
        out[i] = static_cast<std::uint8_t>(value >> (8 * i));
}

std::uint32_t get32(const std::uint8_t *in)
{
    return in[0] | (std::uint32_t(in[1]) << 8) | (std::uint32_t(in[2]) << 16)
        | (std::uint32_t(in[3]) << 24);
}

} // namespace

void writeHeader(const FrameHeader &header, std::uint8_t (&out)[frameHeaderSize])
{
    put32(header.size, out);
    out[4] = static_cast<std::uint8_t>(header.type);
    put32(header.stream, out + 5);
}

FrameHeader readHeader(const std::uint8_t *bytes)
{
    return {static_cast<FrameType>(bytes[4]), get32(bytes + 5), get32(bytes)};
}

bool isKnown(FrameType type)
{
    switch (type) {
    case FrameType::Hello:
    case FrameType::Config:
    case FrameType::Abort:
    case FrameType::Open:
    case FrameType::Message:
    case FrameType::End:
    case FrameType::Credit:
    case FrameType::Close:
        return true;
    default:
        return isData(type);
    }
}

} // namespace quarry::agent
