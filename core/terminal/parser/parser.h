// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of a terminal to text, controls and sequences, after the state machine of DEC's terminals
// (ECMA-48, and Williams' "A parser for DEC's ANSI-compatible video terminals"). Input may be cut
// anywhere. Memory is bounded: of a string (OSC, DCS) that is too long nothing is handed on.
#pragma once

#include "terminal/parser/sequence.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace quarry::terminal {

class Parser
{
public:
    static constexpr std::size_t MaximumString = 256U << 10;
    static constexpr std::uint8_t Escape = 0x1b;

    // Where text stopped: at the end, or behind ESC or a C1 control, which is then the introducer.
    struct TextStop {
        const std::uint8_t *at;
        std::uint8_t introducer = 0;
    };

    class Sink
    {
    public:
        virtual ~Sink() = default;
        // Text with C0 controls in it, of at least one byte.
        virtual TextStop text(const std::uint8_t *at, const std::uint8_t *end) = 0;
        // A C0 control inside a sequence, and the CAN or SUB that ended one.
        virtual void control(std::uint8_t code) = 0;
        virtual void escape(char intermediate, char final) = 0;
        virtual void csi(const Sequence &sequence) = 0;
        virtual void osc(std::string_view text) = 0;
        virtual void dcs(const Sequence &sequence, std::string_view text) = 0;
    };

    void feed(std::span<const std::uint8_t> bytes, Sink &sink);

private:
    enum class State : std::uint8_t {
        Ground,
        Escape,
        EscapeIntermediate,
        Csi,
        CsiIgnore,
        Dcs,
        DcsIgnore,
        String,
        StringEscape,
    };
    enum class StringKind : std::uint8_t { Osc, Dcs, Ignored };

    using Bytes = const std::uint8_t *;

    void introduce(std::uint8_t introducer, Sink &sink);
    void beginSequence(State state);
    void beginString(StringKind kind);
    Bytes escape(Bytes at, Sink &sink);
    Bytes sequence(Bytes at, Bytes end, Sink &sink);
    Bytes ignored(Bytes at, Sink &sink);
    Bytes string(Bytes at, Bytes end, Sink &sink);
    Bytes stringEscape(Bytes at, Sink &sink);
    void finish(Sink &sink);
    void endString(Sink &sink);
    bool common(std::uint8_t byte, Sink &sink);

    State m_state = State::Ground;
    StringKind m_kind = StringKind::Ignored;
    bool m_tooLong = false;
    Sequence m_sequence;
    std::string m_string;
};

} // namespace quarry::terminal
