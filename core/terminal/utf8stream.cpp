// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/utf8stream.h"

namespace quarry::terminal {

namespace {
constexpr QByteArrayView Replacement("\xef\xbf\xbd");
}

void Utf8Stream::feed(QByteArrayView bytes, QByteArray &text)
{
    text.reserve(text.size() + bytes.size());
    const char *at = bytes.begin();
    const char *const end = bytes.end();
    while (at != end) {
        if (m_need == 0) {
            const char *const plain = at;
            while (at != end && uchar(*at) < 0x80)
                ++at;
            text.append(plain, at - plain);
            if (at != end)
                start(uchar(*at++), text);
            continue;
        }
        const auto byte = uchar(*at);
        if (byte < m_low || byte > m_high) {
            text.append(Replacement); // and the byte is looked at again, as a first one
            m_need = 0;
            continue;
        }
        ++at;
        m_part[m_have++] = char(byte);
        m_low = 0x80;
        m_high = 0xbf;
        if (m_have == m_need) {
            text.append(m_part, m_have);
            m_need = 0;
        }
    }
}

void Utf8Stream::finish(QByteArray &text)
{
    if (m_need > 0)
        text.append(Replacement);
    m_need = 0;
}

void Utf8Stream::start(uchar byte, QByteArray &text)
{
    m_low = 0x80;
    m_high = 0xbf;
    if (byte >= 0xc2 && byte <= 0xdf) {
        m_need = 2;
    } else if (byte >= 0xe0 && byte <= 0xef) {
        m_need = 3;
        if (byte == 0xe0)
            m_low = 0xa0; // no overlong forms
        else if (byte == 0xed)
            m_high = 0x9f; // no surrogates
    } else if (byte >= 0xf0 && byte <= 0xf4) {
        m_need = 4;
        if (byte == 0xf0)
            m_low = 0x90;
        else if (byte == 0xf4)
            m_high = 0x8f; // nothing past U+10FFFF
    } else {
        text.append(Replacement);
        return;
    }
    m_part[0] = char(byte);
    m_have = 1;
}

} // namespace quarry::terminal
