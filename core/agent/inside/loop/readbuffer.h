// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One place to read into, shared by all handlers: a large read is handed on as it lies, a small one
// is copied out so that it does not hold 64 KiB.
#pragma once

#include "agent/wire/payload.h"

#include <algorithm>
#include <utility>

namespace quarry::agent {

class ReadBuffer
{
public:
    // At most payloadMax bytes; valid until take().
    std::span<std::uint8_t> space(std::size_t max = payloadMax)
    {
        if (!m_bytes)
            m_bytes = std::make_shared_for_overwrite<std::uint8_t[]>(payloadMax);
        return {m_bytes.get(), std::min(max, payloadMax)};
    }

    // The first COUNT bytes of it.
    Payload take(std::size_t count)
    {
        if (count <= smallRead)
            return Payload(std::vector<std::uint8_t>(m_bytes.get(), m_bytes.get() + count));
        const Bytes bytes(m_bytes.get(), count);
        return {std::exchange(m_bytes, nullptr), bytes};
    }

private:
    static constexpr std::size_t smallRead = 8 * 1024;
    std::shared_ptr<std::uint8_t[]> m_bytes;
};

} // namespace quarry::agent
