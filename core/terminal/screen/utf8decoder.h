// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8 a byte at a time. What is malformed gives U+FFFD once for each maximal subpart (Unicode,
// chapter 3, "Constraints on Conversion Processes").
#pragma once

#include "terminal/cells/utf8.h"

#include <cstdint>

namespace quarry::terminal {

class Utf8Decoder
{
public:
    enum class Step : std::uint8_t {
        More,   // the byte was taken, the character goes on
        Done,   // the byte was taken: code() is a character, or U+FFFD
        Broken, // the byte was not taken: code() is U+FFFD, and the byte begins something else
    };

    bool isInside() const { return m_need > 0; }
    void reset() { m_need = 0; }
    char32_t code() const { return m_code; }

    Step take(std::uint8_t byte)
    {
        if (m_need == 0)
            return begin(byte);
        if (byte < m_low || byte > m_high) {
            m_need = 0;
            m_code = ReplacementCharacter;
            return Step::Broken;
        }
        m_low = 0x80;
        m_high = 0xbf;
        m_code = m_code << 6 | (byte & 0x3fU);
        return --m_need == 0 ? Step::Done : Step::More;
    }

private:
    Step begin(std::uint8_t byte)
    {
        m_low = 0x80;
        m_high = 0xbf;
        if (byte < 0x80) {
            m_code = byte;
            return Step::Done;
        }
        if (byte < 0xc2 || byte > 0xf4) {
            m_code = ReplacementCharacter;
            return Step::Done;
        }
        if (byte < 0xe0)
            return expect(1, byte & 0x1fU);
        if (byte < 0xf0) {
            m_low = byte == 0xe0 ? 0xa0 : 0x80;  // no overlong forms
            m_high = byte == 0xed ? 0x9f : 0xbf; // no surrogates
            return expect(2, byte & 0x0fU);
        }
        m_low = byte == 0xf0 ? 0x90 : 0x80;
        m_high = byte == 0xf4 ? 0x8f : 0xbf; // nothing above U+10FFFF
        return expect(3, byte & 0x07U);
    }
    Step expect(int count, char32_t part)
    {
        m_need = std::uint8_t(count);
        m_code = part;
        return Step::More;
    }

    char32_t m_code = 0;
    std::uint8_t m_need = 0;
    std::uint8_t m_low = 0x80;
    std::uint8_t m_high = 0xbf;
};

} // namespace quarry::terminal
