// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/parser/parser.h"

namespace quarry::terminal {

namespace {

constexpr std::uint8_t Bell = 0x07;
constexpr std::uint8_t Cancel = 0x18;
constexpr std::uint8_t Substitute = 0x1a;
constexpr std::uint8_t Delete = 0x7f;
constexpr char Several = '\x7f'; // more intermediates than one: a sequence that nothing knows

bool isIntermediate(std::uint8_t byte)
{
    return byte >= 0x20 && byte <= 0x2f;
}

} // namespace

void Parser::feed(std::span<const std::uint8_t> bytes, Sink &sink)
{
    Bytes at = bytes.data();
    const Bytes end = at + bytes.size();
    while (at != end) {
        switch (m_state) {
        case State::Ground: {
            const TextStop stop = sink.text(at, end);
            at = stop.at;
            introduce(stop.introducer, sink);
            break;
        }
        case State::Escape:
        case State::EscapeIntermediate:
            at = escape(at, sink);
            break;
        case State::Csi:
        case State::Dcs:
            at = sequence(at, end, sink);
            break;
        case State::CsiIgnore:
        case State::DcsIgnore:
            at = ignored(at, sink);
            break;
        case State::String:
            at = string(at, end, sink);
            break;
        case State::StringEscape:
            at = stringEscape(at, sink);
            break;
        }
    }
}

void Parser::introduce(std::uint8_t introducer, Sink &sink)
{
    switch (introducer) {
    case 0:
        break;
    case Escape:
        beginSequence(State::Escape);
        break;
    case 0x9b:
        beginSequence(State::Csi);
        break;
    case 0x90:
        beginSequence(State::Dcs);
        break;
    case 0x9d:
        beginString(StringKind::Osc);
        break;
    case 0x98:
    case 0x9e:
    case 0x9f:
        beginString(StringKind::Ignored);
        break;
    default: // the C1 control that ESC and a letter stand for
        sink.escape(0, char(introducer - 0x40));
        break;
    }
}

void Parser::beginSequence(State state)
{
    m_state = state;
    m_sequence.parameters.clear();
    m_sequence.prefix = 0;
    m_sequence.intermediate = 0;
}

void Parser::beginString(StringKind kind)
{
    m_state = State::String;
    m_kind = kind;
    m_tooLong = false;
    m_string.clear();
}

// What means the same in every sequence: C0 controls are carried out, DEL is nothing. True when the
// byte was one of these.
bool Parser::common(std::uint8_t byte, Sink &sink)
{
    if (byte == Delete)
        return true;
    if (byte >= 0x20)
        return false;
    if (byte == Escape) {
        beginSequence(State::Escape);
        return true;
    }
    if (byte == Cancel || byte == Substitute)
        m_state = State::Ground;
    sink.control(byte);
    return true;
}

Parser::Bytes Parser::escape(Bytes at, Sink &sink)
{
    const std::uint8_t byte = *at;
    if (common(byte, sink))
        return at + 1;
    if (byte >= 0x80) { // text has come between
        m_state = State::Ground;
        return at;
    }
    if (isIntermediate(byte)) {
        m_sequence.intermediate = m_state == State::Escape ? char(byte) : Several;
        m_state = State::EscapeIntermediate;
        return at + 1;
    }
    if (m_state == State::Escape) {
        switch (byte) {
        case '[':
        case 'P':
        case ']':
        case 'X':
        case '^':
        case '_':
            introduce(std::uint8_t(byte + 0x40), sink);
            return at + 1;
        default:
            break;
        }
    }
    m_state = State::Ground;
    sink.escape(m_sequence.intermediate, char(byte));
    return at + 1;
}

Parser::Bytes Parser::sequence(Bytes at, Bytes end, Sink &sink)
{
    for (; at != end; ++at) {
        const std::uint8_t byte = *at;
        const bool first = m_sequence.parameters.count() == 0 && m_sequence.prefix == 0;
        if (byte >= '0' && byte <= ';' && m_sequence.intermediate == 0) {
            if (byte <= '9')
                m_sequence.parameters.addDigit(byte - '0');
            else
                m_sequence.parameters.addSeparator(byte == ':');
        } else if (byte >= 0x40 && byte < Delete) {
            m_sequence.final = char(byte);
            finish(sink);
            return at + 1;
        } else if (isIntermediate(byte)) {
            m_sequence.intermediate = m_sequence.intermediate == 0 ? char(byte) : Several;
        } else if (byte >= '<' && byte <= '?' && first && m_sequence.intermediate == 0) {
            m_sequence.prefix = char(byte);
        } else if (byte >= 0x80) {
            m_state = State::Ground;
            return at;
        } else if (byte >= 0x20 && byte != Delete) {
            m_state = m_state == State::Csi ? State::CsiIgnore : State::DcsIgnore;
            return at + 1;
        } else {
            const State before = m_state;
            common(byte, sink);
            if (m_state != before)
                return at + 1;
        }
    }
    return at;
}

void Parser::finish(Sink &sink)
{
    if (m_state == State::Dcs) {
        beginString(StringKind::Dcs);
        return;
    }
    m_state = State::Ground;
    sink.csi(m_sequence);
}

// A malformed sequence up to its end.
Parser::Bytes Parser::ignored(Bytes at, Sink &sink)
{
    const std::uint8_t byte = *at;
    if (common(byte, sink))
        return at + 1;
    if (byte >= 0x80) {
        m_state = State::Ground;
        return at;
    }
    if (byte >= 0x40) {
        if (m_state == State::DcsIgnore)
            beginString(StringKind::Ignored);
        else
            m_state = State::Ground;
    }
    return at + 1;
}

Parser::Bytes Parser::string(Bytes at, Bytes end, Sink &sink)
{
    Bytes from = at;
    while (at != end && *at != Bell && *at != Escape && *at != Cancel && *at != Substitute)
        ++at;
    const auto count = std::size_t(at - from);
    if (m_kind != StringKind::Ignored && !m_tooLong) {
        m_tooLong = m_string.size() + count > MaximumString;
        if (m_tooLong)
            std::string().swap(m_string);
        else
            m_string.append(from, at);
    }
    if (at == end)
        return at;
    const std::uint8_t byte = *at++;
    if (byte == Escape) {
        m_state = State::StringEscape;
    } else if (byte == Bell && m_kind == StringKind::Osc) {
        endString(sink);
    } else if (byte != Bell) {
        m_state = State::Ground;
        sink.control(byte);
    }
    return at;
}

Parser::Bytes Parser::stringEscape(Bytes at, Sink &sink)
{
    if (*at == '\\') {
        endString(sink);
        return at + 1;
    }
    beginSequence(State::Escape); // cancels the string
    return at;
}

void Parser::endString(Sink &sink)
{
    m_state = State::Ground;
    if (m_tooLong)
        return;
    if (m_kind == StringKind::Osc)
        sink.osc(m_string);
    else if (m_kind == StringKind::Dcs)
        sink.dcs(m_sequence, m_string);
    if (m_string.capacity() > 4096)
        std::string().swap(m_string);
}

} // namespace quarry::terminal
