// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A control sequence as ECMA-48 (5.4) and ITU T.416 (sub-parameters) shape it.
#pragma once

#include <array>
#include <cstdint>

namespace quarry::terminal {

// Numbers between ; and : of a control sequence. Beyond the 32nd they are ignored; none is above
// 65535.
class Parameters
{
public:
    static constexpr int Maximum = 32;
    static constexpr int Largest = 65535;

    int count() const { return m_count; }
    // What a missing, empty or (but for zeroOr) zero parameter stands for is `otherwise`.
    int valueOr(int index, int otherwise) const
    {
        return index < m_count && m_values[std::size_t(index)] > 0 ? m_values[std::size_t(index)]
                                                                   : otherwise;
    }
    int value(int index) const { return valueOr(index, 0); }
    // It stood behind a colon: it belongs to the parameter before it.
    bool isSub(int index) const { return index < m_count && (m_sub >> index & 1); }

    void clear()
    {
        m_count = 0;
        m_sub = 0;
        m_overflow = false;
    }
    void addDigit(int digit)
    {
        if (m_overflow)
            return;
        if (m_count == 0)
            begin();
        std::uint16_t &last = m_values[std::size_t(m_count - 1)];
        const int value = last * 10 + digit;
        last = std::uint16_t(value < Largest ? value : Largest);
    }
    void addSeparator(bool colon)
    {
        if (m_count == 0)
            begin();
        if (m_count == Maximum) {
            m_overflow = true;
            return;
        }
        begin();
        m_sub |= std::uint32_t(colon) << (m_count - 1);
    }

private:
    void begin() { m_values[std::size_t(m_count++)] = 0; }

    std::array<std::uint16_t, Maximum> m_values;
    std::uint32_t m_sub = 0;
    int m_count = 0;
    bool m_overflow = false;
};

struct Sequence {
    Parameters parameters;
    char prefix = 0;       // one of < = > ? or 0
    char intermediate = 0; // 0x20–0x2f or 0
    char final = 0;

    // For a switch over what a sequence is.
    static constexpr std::uint32_t code(char prefix, char intermediate, char final)
    {
        return std::uint32_t(std::uint8_t(prefix)) << 16
            | std::uint32_t(std::uint8_t(intermediate)) << 8 | std::uint8_t(final);
    }
    std::uint32_t code() const { return code(prefix, intermediate, final); }
};

} // namespace quarry::terminal
