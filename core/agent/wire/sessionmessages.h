// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The stream of a bash session (StreamKind::Session).
//
// Data, engine to agent: channel 0 is the text of the command that the last Run named, exactly as
// many bytes as it said; channel 1 is what is typed at the terminal. Agent to engine: channel 0 is
// what the terminal showed, without our marks.
//
// One command at a time: after Run the next may come when Finished or Refused has. Begin and
// Finished stand in order with the data, so that what lies between them is the command's output.
// After Ended the agent closes the stream.
#pragma once

#include "agent/wire/codec.h"

namespace quarry::agent {

inline constexpr std::uint32_t sessionTextMax = 64u << 20;
inline constexpr std::uint8_t sessionTextChannel = 0;
inline constexpr std::uint8_t sessionTypedChannel = 1;
inline constexpr std::uint16_t sessionSizeMax = 1000; // rows, columns

struct SessionOpen {
    std::string user; // name or number; empty: the agent's own
    std::string cwd;  // empty: the user's home
    std::vector<std::string> environment; // "NAME=value", over the agent's base environment
    std::uint16_t rows = 24;
    std::uint16_t columns = 160;

    void encode(Encoder &out) const;
    static bool decode(Decoder in, SessionOpen &out);
};

// What the engine says.
struct SessionRequest {
    enum class Kind : std::uint8_t {
        Run = 1,       // id, number: bytes of the text; ids are the engine's choice
        Interrupt = 2, // id: end that command if it still runs
        Resize = 3,    // rows, columns
        Hangup = 4,    // close the terminal; Ended follows when it is done
    };

    Kind kind = Kind::Hangup;
    std::uint32_t id = 0;
    std::uint32_t number = 0;
    std::uint16_t rows = 0;
    std::uint16_t columns = 0;

    void encode(Encoder &out) const;
    static bool decode(Decoder in, SessionRequest &out);
};

// What the agent says.
struct SessionEvent {
    enum class Kind : std::uint8_t {
        Started = 1,  // the shell takes commands
        Begin = 2,    // id
        Finished = 3, // id, code: the shell's $?
        Refused = 4,  // id, code, text: bash's words about the syntax; nothing ran
        Ended = 5,    // code: the shell's exit code, 128+n for signal n; text: why, a sentence
    };

    Kind kind = Kind::Ended;
    std::uint32_t id = 0;
    std::int32_t code = 0;
    std::string text; // at most 32 KiB

    void encode(Encoder &out) const;
    static bool decode(Decoder in, SessionEvent &out);
};

} // namespace quarry::agent
