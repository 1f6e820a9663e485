// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts a byte stream into frames, wherever it was split. Frames are shown where they were read to:
// only what is left of an incomplete one is ever moved.
#pragma once

#include "agent/wire/frame.h"

#include <memory>

namespace quarry::agent {

class FrameReader
{
public:
    enum class Result { Frame, NeedMore, TooLong, UnknownType };

    // Where the next bytes go: never empty. 16 KiB for small talk, up to 256 KiB for a flood.
    std::span<std::uint8_t> space();
    void filled(std::size_t count); // how many of them were written

    // The next whole frame; PAYLOAD is valid until the next space(). TooLong and UnknownType are
    // final.
    Result next(FrameHeader &header, Bytes &payload);

private:
    void resize(std::size_t capacity);

    std::unique_ptr<std::uint8_t[]> m_buffer;
    std::size_t m_capacity = 0;
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    bool m_wasFull = false;
    int m_smallFills = 0;
};

} // namespace quarry::agent
