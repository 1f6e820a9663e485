// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the frames carry: Hello, Config, Failure and the requests of each kind of stream.
// Each struct has encode() and a decode() that answers false for anything not exactly right.
#pragma once

#include "agent/wire/codec.h"

#include <optional>

namespace quarry::agent {

enum class StreamKind : std::uint8_t {
    Spawn = 1,     // spawnmessages.h
    FileRead = 2,  // filemessages.h
    FileWrite = 3, // filemessages.h
    Call = 4,      // one request, one answer: callmessages.h
    Connect = 5,   // a socket inside the sandbox
    Session = 6,   // a bash session: sessionmessages.h
    Processes = 7, // which there are: processmessages.h
    Signal = 8,    // to one of them, or it and all below it: processmessages.h
};

// Bits of Hello::capabilities.
enum Capability : std::uint32_t {
    CapabilitySpawn = 1,
    CapabilityFiles = 2,
    CapabilityConnect = 4,
    CapabilitySessions = 8,
    CapabilityProcesses = 16, // Processes and Signal
};

struct Hello {
    std::uint16_t version = protocolVersion;
    std::string token; // what an agent that dials home shows; empty over a given socket
    std::uint32_t capabilities = 0;

    void encode(Encoder &out) const;
    static bool decode(Decoder in, Hello &out);
};

struct Config {
    std::uint16_t version = protocolVersion;
    std::vector<std::string>
        environment; // "NAME=value": all that a spawned program gets to begin with
    std::string cwd = "/";                // where it starts unless its request says otherwise

    void encode(Encoder &out) const;
    static bool decode(Decoder in, Config &out);
};

// Why a stream ended. Nothing failed when kind is None.
struct Failure {
    enum class Kind : std::uint8_t {
        None = 0,
        System = 1,      // errnoValue says why; message is "what: " without the reason
        Invalid = 2,     // the request; message is a whole sentence, as for the kinds below
        Unsupported = 3,
        Limit = 4,
        Gone = 5, // what the stream was about is no more
        NotStarted = 6, // spawn: errnoValue and exitCode are set, message is a whole sentence
    };

    Kind kind = Kind::None;
    std::int32_t errnoValue = 0;
    std::int32_t exitCode = 0; // 127 no such program, 126 cannot be run
    std::string message;       // at most 4 KiB

    bool failed() const { return kind != Kind::None; }
    static Failure system(int errnoValue, std::string what);
    static Failure of(Kind kind, std::string message);

    void encode(Encoder &out) const;
    static bool decode(Decoder in, Failure &out);
};

} // namespace quarry::agent
