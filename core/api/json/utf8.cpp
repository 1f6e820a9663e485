// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/json/utf8.h"

#include <cstdint>
#include <cstring>

namespace quarry::api {

namespace {

constexpr std::uint64_t highBits = 0x8080808080808080ull;

qsizetype asciiRun(const unsigned char *text, qsizetype size)
{
    qsizetype at = 0;
    for (; at + 8 <= size; at += 8) {
        std::uint64_t word;
        std::memcpy(&word, text + at, 8);
        if ((word & highBits) != 0)
            break;
    }
    while (at < size && text[at] < 0x80)
        ++at;
    return at;
}

struct Lead {
    int length = 0; // 0: never starts a character
    unsigned char low = 0x80; // bounds of the second byte
    unsigned char high = 0xbf;
};

Lead leadOf(unsigned char byte)
{
    if (byte >= 0xc2 && byte <= 0xdf)
        return {2};
    if (byte >= 0xe0 && byte <= 0xef)
        return {3, static_cast<unsigned char>(byte == 0xe0 ? 0xa0 : 0x80),
                static_cast<unsigned char>(byte == 0xed ? 0x9f : 0xbf)};
    if (byte >= 0xf0 && byte <= 0xf4)
        return {4, static_cast<unsigned char>(byte == 0xf0 ? 0x90 : 0x80),
                static_cast<unsigned char>(byte == 0xf4 ? 0x8f : 0xbf)};
    return {};
}

} // namespace

Utf8Scan scanUtf8(QByteArrayView view)
{
    const auto *text = reinterpret_cast<const unsigned char *>(view.data());
    const qsizetype size = view.size();
    qsizetype at = 0;
    while (true) {
        at += asciiRun(text + at, size - at);
        if (at == size)
            return {at};
        const Lead lead = leadOf(text[at]);
        if (lead.length == 0)
            return {at, 1};
        int have = 1;
        while (have < lead.length && at + have < size) {
            const unsigned char byte = text[at + have];
            if (have == 1 ? byte < lead.low || byte > lead.high : (byte & 0xc0) != 0x80)
                return {at, have};
            ++have;
        }
        if (have < lead.length)
            return {at, 0, true};
        at += lead.length;
    }
}

char *writeUtf8(char *out, char32_t character)
{
    const auto tail = [character](int shift) { return char(0x80 | ((character >> shift) & 0x3f)); };
    if (character < 0x80) {
        *out++ = char(character);
    } else if (character < 0x800) {
        *out++ = char(0xc0 | (character >> 6));
        *out++ = tail(0);
    } else if (character < 0x10000) {
        *out++ = char(0xe0 | (character >> 12));
        *out++ = tail(6);
        *out++ = tail(0);
    } else {
        *out++ = char(0xf0 | (character >> 18));
        *out++ = tail(12);
        *out++ = tail(6);
        *out++ = tail(0);
    }
    return out;
}

void appendUtf8(QByteArray &out, char32_t character)
{
    char bytes[4];
    out.append(bytes, writeUtf8(bytes, character) - bytes);
}

} // namespace quarry::api
