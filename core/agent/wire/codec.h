// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Integers (little-endian) and strings (u32 length, bytes) of the payloads. The decoder never reads
// past its bytes and allocates nothing before a length has been checked.
#pragma once

#include "agent/wire/frame.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::agent {

class Encoder
{
public:
    Encoder &u8(std::uint8_t value);
    Encoder &u16(std::uint16_t value);
    Encoder &u32(std::uint32_t value);
    Encoder &u64(std::uint64_t value);
    Encoder &i32(std::int32_t value) { return u32(static_cast<std::uint32_t>(value)); }
    Encoder &i64(std::int64_t value) { return u64(static_cast<std::uint64_t>(value)); }
    Encoder &string(std::string_view value);
    Encoder &strings(const std::vector<std::string> &values); // u32 count, then each
    Encoder &raw(Bytes bytes);

    std::size_t size() const { return m_bytes.size(); }
    // The caller keeps a frame's payload at payloadMax or less.
    const std::vector<std::uint8_t> &bytes() const { return m_bytes; }
    std::vector<std::uint8_t> take() { return std::move(m_bytes); }

private:
    std::vector<std::uint8_t> m_bytes;
};

// After a read past the end, or of a string longer than asked, ok() is false for good and every
// further read gives zero or empty.
class Decoder
{
public:
    explicit Decoder(Bytes bytes) : m_rest(bytes) { }

    std::uint8_t u8();
    std::uint16_t u16();
    std::uint32_t u32();
    std::uint64_t u64();
    std::int32_t i32() { return static_cast<std::int32_t>(u32()); }
    std::int64_t i64() { return static_cast<std::int64_t>(u64()); }
    std::string_view view(std::size_t max = payloadMax); // into the bytes given
    std::string string(std::size_t max = payloadMax) { return std::string(view(max)); }
    std::vector<std::string> strings(std::size_t countMax, std::size_t max = payloadMax);
    Bytes rest(); // all that is left

    void fail() { m_ok = false; }
    bool ok() const { return m_ok; }
    bool atEnd() const { return m_rest.empty(); }
    // What a complete message must be: nothing missing, nothing left over.
    bool finished() const { return m_ok && m_rest.empty(); }

private:
    Bytes take(std::size_t size);
    Bytes m_rest;
    bool m_ok = true;
};

} // namespace quarry::agent
