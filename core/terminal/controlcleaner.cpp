// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/controlcleaner.h"

namespace quarry::terminal {

namespace {

constexpr char Escape = '\x1b';
constexpr char Bell = '\x07';
constexpr char Cancel = '\x18';
constexpr char Substitute = '\x1a';
constexpr quint8 OtherCsi = 0xff;

// readline ends its bracketed paste with this and a carriage return, which belong together.
constexpr QByteArrayView PasteEnd("?2004l");

bool isBetween(char byte, uchar low, uchar high)
{
    return uchar(byte) >= low && uchar(byte) <= high;
}

} // namespace

void ControlCleaner::feed(QByteArrayView bytes, QByteArray &text)
{
    text.reserve(text.size() + bytes.size());
    const char *at = bytes.begin();
    const char *const end = bytes.end();
    while (at != end) {
        if (m_state != State::Ground || m_return || m_swallowReturn) {
            step(*at++, text);
            continue;
        }
        const char *const plain = at;
        while (at != end && *at != Escape && *at != '\r')
            ++at;
        text.append(plain, at - plain);
        if (at != end)
            step(*at++, text);
    }
}

void ControlCleaner::finish(QByteArray &text)
{
    if (m_return)
        text.append('\r');
    *this = ControlCleaner();
}

void ControlCleaner::ground(char byte, QByteArray &text)
{
    m_state = State::Ground;
    const bool swallow = m_swallowReturn;
    if (byte == Escape) {
        m_state = State::Escape;
        return;
    }
    m_swallowReturn = false;
    if (byte == '\r') {
        if (swallow)
            return;
        if (m_return)
            text.append('\r');
        m_return = true;
        return;
    }
    if (m_return && byte != '\n')
        text.append('\r');
    m_return = false;
    text.append(byte);
}

void ControlCleaner::step(char byte, QByteArray &text)
{
    switch (m_state) {
    case State::Ground:
        ground(byte, text);
        break;
    case State::Escape:
        escape(byte, text);
        break;
    case State::EscapeIntermediate:
        if (isBetween(byte, 0x30, 0x7e))
            m_state = State::Ground;
        else if (!isBetween(byte, 0x20, 0x2f))
            ground(byte, text);
        break;
    case State::Csi:
        csi(byte, text);
        break;
    case State::String:
        if (byte == Bell || byte == Cancel || byte == Substitute)
            m_state = State::Ground;
        else if (byte == Escape)
            m_state = State::StringEscape;
        else if (byte == '\r' || byte == '\n')
            ground(byte, text);
        break;
    case State::StringEscape:
        if (byte == '\\')
            m_state = State::Ground;
        else
            escape(byte, text);
        break;
    }
}

void ControlCleaner::escape(char byte, QByteArray &text)
{
    switch (byte) {
    case '[':
        m_state = State::Csi;
        m_csiMatched = 0;
        return;
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
        m_state = State::String;
        return;
    default:
        break;
    }
    if (isBetween(byte, 0x20, 0x2f))
        m_state = State::EscapeIntermediate;
    else if (isBetween(byte, 0x30, 0x7e))
        m_state = State::Ground;
    else
        ground(byte, text);
}

void ControlCleaner::csi(char byte, QByteArray &text)
{
    if (m_csiMatched < PasteEnd.size() && PasteEnd[m_csiMatched] == byte)
        ++m_csiMatched;
    else
        m_csiMatched = OtherCsi;

    if (isBetween(byte, 0x40, 0x7e)) {
        m_swallowReturn = m_csiMatched == PasteEnd.size();
        m_state = State::Ground;
    } else if (!isBetween(byte, 0x20, 0x3f)) {
        ground(byte, text);
    }
}

} // namespace quarry::terminal
