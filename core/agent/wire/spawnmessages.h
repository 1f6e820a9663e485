// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// StreamKind::Spawn: one program. Data: channel 0 is its input, or its output; channel 1 its
// errors. The request may pass a frame (a script as an argument): the Open frame starts with its
// whole size (u32, at most spawnRequestMax), what does not fit follows in Messages.
#pragma once

#include "agent/wire/messages.h"

namespace quarry::agent {

inline constexpr std::size_t spawnRequestMax = 4 * 1024 * 1024;
inline constexpr std::uint8_t outputChannel = 0;
inline constexpr std::uint8_t errorChannel = 1;

struct SpawnRequest {
    struct Limit {
        std::int32_t resource = 0; // RLIMIT_…
        std::uint64_t soft = 0;
        std::uint64_t hard = 0;
    };

    std::vector<std::string> arguments;   // arguments[0] is looked up in PATH; never empty
    std::vector<std::string>
        environment; // "NAME=value" on top of Config's; a bare "NAME" removes one
    std::string cwd;                      // relative ones start at Config's; empty: that itself
    std::optional<std::uint32_t> uid;     // as seen inside; absent: the agent's
    std::optional<std::uint32_t> gid;
    bool input = false;       // without it the program reads /dev/null
    bool errorsToOutput = false; // one pipe for both, in the order written
    bool terminal = false;    // a pty instead of pipes: input and output are its master
    std::uint16_t columns = 80;
    std::uint16_t rows = 24;
    std::vector<Limit> limits;

    void encode(Encoder &out) const;
    static bool decode(Decoder in, SpawnRequest &out);
};

// Engine to agent.
struct SpawnControl {
    enum class Kind : std::uint8_t { Resize = 1, Signal = 2 };
    Kind kind = Kind::Resize;
    std::uint16_t columns = 0;
    std::uint16_t rows = 0;
    std::int32_t signal = 0; // to the program and all it started

    void encode(Encoder &out) const;
    static bool decode(Decoder in, SpawnControl &out);
};

// Agent to engine: Started, then, after all output, Exited, then Close. A program that could not be
// started has a Close with Failure NotStarted and no Exited.
struct SpawnEvent {
    enum class Kind : std::uint8_t { Started = 1, Exited = 2 };
    Kind kind = Kind::Started;
    std::uint32_t pid = 0; // as seen inside
    std::int32_t code = 0; // exit code, when signal is 0
    std::int32_t signal = 0; // that killed it

    void encode(Encoder &out) const;
    static bool decode(Decoder in, SpawnEvent &out);
};

} // namespace quarry::agent
