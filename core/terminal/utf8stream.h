// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Makes valid UTF-8 of a byte stream, piece by piece.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace quarry::terminal {

// Bytes that are not UTF-8 (Unicode 15, table 3-7: overlong forms, surrogates and values past
// U+10FFFF included) become U+FFFD, one for each maximal part of a sequence. A sequence that is
// split between two pieces waits for its rest.
class Utf8Stream
{
public:
    // Appends the valid form of BYTES to TEXT.
    void feed(QByteArrayView bytes, QByteArray &text);
    // The end: an unfinished sequence becomes U+FFFD.
    void finish(QByteArray &text);

private:
    void start(uchar byte, QByteArray &text);

    char m_part[4] = {};
    int m_have = 0; // bytes in m_part
    int m_need = 0; // bytes of the whole sequence; 0: none is open
    uchar m_low = 0x80;  // what the next byte must lie between
    uchar m_high = 0xbf;
};

} // namespace quarry::terminal
