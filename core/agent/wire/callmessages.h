// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// StreamKind::Call: one CallRequest, answered by one Message (nothing, FileInfo, FileList
// or Statistics) and Close, or by Close with a Failure. StreamKind::Connect: a
// ConnectRequest, answered by an empty Message once the connection stands; then data on channel 0
// and End, both ways.
#pragma once

#include "agent/wire/filemessages.h"

namespace quarry::agent {

struct CallRequest {
    enum class Kind : std::uint8_t {
        Stat = 1,   // path, flag: follow a link -> FileInfo
        List,       // path, number: where to go on (0: from the start) -> FileList
        Rename,     // path to other
        Remove,     // path, flag: with all below it
        MakeFolder, // path, number: mode, flag: with missing parents, and an existing folder is
                    // fine
        ChangeMode, // path, number: mode
        Statistics, // -> Statistics
    };
    Kind kind = Kind::Stat;
    std::string path;
    std::string other;
    std::uint64_t number = 0;
    bool flag = false;

    void encode(Encoder &out) const;
    static bool decode(Decoder in, CallRequest &out);
};

// One page of a folder, as many entries as fit a frame, in the order of the disk.
struct FileList {
    std::vector<FileInfo> entries;
    std::uint64_t next = 0; // where to go on; 0: this was the last page

    void encode(Encoder &out) const;
    static bool decode(Decoder in, FileList &out);
};

struct Statistics {
    std::uint64_t cpuMicroseconds = 0; // of all processes, dead ones too
    std::uint64_t memoryBytes = 0;     // resident and not shared with a file
    std::uint32_t processes = 0;
    std::uint64_t receivedBytes = 0; // all interfaces but lo
    std::uint64_t sentBytes = 0;

    void encode(Encoder &out) const;
    static bool decode(Decoder in, Statistics &out);
};

struct ConnectRequest {
    std::string host; // a numeric address or "localhost"; a path starting with / is a unix socket
    std::uint16_t port = 0; // of TCP

    void encode(Encoder &out) const;
    static bool decode(Decoder in, ConnectRequest &out);
};

} // namespace quarry::agent
