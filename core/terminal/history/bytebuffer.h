// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes that grow at the end, and are not cleared before they are written.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <utility>

namespace quarry::terminal {

class ByteBuffer
{
public:
    ByteBuffer() = default;
    explicit ByteBuffer(std::size_t size) : m_size(size) { grow(size); }
    ByteBuffer(ByteBuffer &&other) noexcept
        : m_bytes(std::move(other.m_bytes)), m_size(std::exchange(other.m_size, 0)),
          m_capacity(std::exchange(other.m_capacity, 0))
    {
    }
    ByteBuffer &operator=(ByteBuffer &&other) noexcept
    {
        m_bytes = std::move(other.m_bytes);
        m_size = std::exchange(other.m_size, 0);
        m_capacity = std::exchange(other.m_capacity, 0);
        return *this;
    }

    char *data() { return m_bytes.get(); }
    const char *data() const { return m_bytes.get(); }
    std::size_t size() const { return m_size; }
    std::size_t capacity() const { return m_capacity; }
    void setSize(std::size_t size) { m_size = size; } // at most the capacity

    // Room for `count` bytes more; where they go.
    char *reserve(std::size_t count)
    {
        if (m_capacity - m_size < count)
            grow(m_size + count + m_size / 2);
        return m_bytes.get() + m_size;
    }
    // `end` is behind the last byte written to what reserve() gave.
    void commit(const char *end) { m_size = std::size_t(end - m_bytes.get()); }

private:
    void grow(std::size_t capacity)
    {
        std::unique_ptr<char[]> bytes(new char[capacity]);
        if (m_bytes)
            std::memcpy(bytes.get(), m_bytes.get(), m_size);
        m_bytes = std::move(bytes);
        m_capacity = capacity;
    }

    std::unique_ptr<char[]> m_bytes;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

} // namespace quarry::terminal
