// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/wire/codec.h"

namespace quarry::agent {

namespace {

template <typename T>
void append(std::vector<std::uint8_t> &bytes, T value)
{
    for (std::size_t i = 0; i < sizeof(T); ++i)
        bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

template <typename T>
T number(Bytes bytes)
{
    T value = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        value = static_cast<T>(value | (static_cast<T>(bytes[i]) << (8 * i)));
    return value;
}

} // namespace

Encoder &Encoder::u8(std::uint8_t value)
{
    m_bytes.push_back(value);
    return *this;
}

Encoder &Encoder::u16(std::uint16_t value)
{
    append(m_bytes, value);
    return *this;
}

Encoder &Encoder::u32(std::uint32_t value)
{
    append(m_bytes, value);
    return *this;
}

Encoder &Encoder::u64(std::uint64_t value)
{
    append(m_bytes, value);
    return *this;
}

Encoder &Encoder::string(std::string_view value)
{
    u32(static_cast<std::uint32_t>(value.size()));
    m_bytes.insert(m_bytes.end(), value.begin(), value.end());
    return *this;
}

Encoder &Encoder::strings(const std::vector<std::string> &values)
{
    u32(static_cast<std::uint32_t>(values.size()));
    for (const std::string &value : values)
        string(value);
    return *this;
}

Encoder &Encoder::raw(Bytes bytes)
{
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    return *this;
}

Bytes Decoder::take(std::size_t size)
{
    if (!m_ok || size > m_rest.size()) {
        m_ok = false;
        return {};
    }
    const Bytes taken = m_rest.first(size);
    m_rest = m_rest.subspan(size);
    return taken;
}

std::uint8_t Decoder::u8()
{
    return number<std::uint8_t>(take(1));
}

std::uint16_t Decoder::u16()
{
    return number<std::uint16_t>(take(2));
}

std::uint32_t Decoder::u32()
{
    return number<std::uint32_t>(take(4));
}

std::uint64_t Decoder::u64()
{
    return number<std::uint64_t>(take(8));
}

std::string_view Decoder::view(std::size_t max)
{
    const std::uint32_t size = u32();
    if (size > max)
        m_ok = false;
    const Bytes bytes = take(size);
    // Characters and bytes may alias: this is the one place where they do.
    return {static_cast<const char *>(static_cast<const void *>(bytes.data())), bytes.size()};
}

std::vector<std::string> Decoder::strings(std::size_t countMax, std::size_t max)
{
    const std::uint32_t count = u32();
    // Each string takes four bytes at least, so a false count cannot make us reserve.
    if (count > countMax || count > m_rest.size() / 4)
        m_ok = false;
    std::vector<std::string> values;
    for (std::uint32_t i = 0; m_ok && i < count; ++i)
        values.push_back(string(max));
    return values;
}

Bytes Decoder::rest()
{
    return take(m_rest.size());
}

} // namespace quarry::agent
