// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8 of one code point (Unicode, chapter 3, D92), for any buffer that has push_back.
#pragma once

#include <cstdint>

namespace quarry::terminal {

constexpr char32_t ReplacementCharacter = 0xfffd;

// Writes at most four bytes and returns how many.
inline int encodeUtf8(char32_t code, char *out)
{
    if (code < 0x80) {
        out[0] = char(code);
        return 1;
    }
    if (code < 0x800) {
        out[0] = char(0xc0 | code >> 6);
        out[1] = char(0x80 | (code & 0x3f));
        return 2;
    }
    if (code < 0x10000) {
        out[0] = char(0xe0 | code >> 12);
        out[1] = char(0x80 | (code >> 6 & 0x3f));
        out[2] = char(0x80 | (code & 0x3f));
        return 3;
    }
    out[0] = char(0xf0 | code >> 18);
    out[1] = char(0x80 | (code >> 12 & 0x3f));
    out[2] = char(0x80 | (code >> 6 & 0x3f));
    out[3] = char(0x80 | (code & 0x3f));
    return 4;
}

// The code point at `at` of bytes known to be valid; moves `at` past it.
inline char32_t decodeValidUtf8(const char *&at)
{
    const auto next = [&at] { return std::uint8_t(*at++); };
    const std::uint8_t lead = next();
    if (lead < 0x80)
        return lead;
    const auto tail = [&next](char32_t part) { return part << 6 | (next() & 0x3fU); };
    if (lead < 0xe0)
        return tail(lead & 0x1fU);
    if (lead < 0xf0)
        return tail(tail(lead & 0x0fU));
    return tail(tail(tail(lead & 0x07U)));
}

} // namespace quarry::terminal
