// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// StreamKind::Processes: an empty request, answered by Messages that are one ProcessList cut into
// pieces, and Close. StreamKind::Signal: a SignalRequest, answered by an empty Message and Close.
#pragma once

#include "agent/wire/codec.h"

namespace quarry::agent {

inline constexpr std::size_t processesMax = 4096; // listed at once
inline constexpr std::size_t processNameMax = 64;
inline constexpr std::size_t processUserMax = 32;
inline constexpr std::size_t processCommandMax = 512;
inline constexpr std::size_t processListMax = 4 * 1024 * 1024; // bytes of an encoded list

struct ProcessInfo {
    std::uint32_t pid = 0;
    std::uint32_t parent = 0;
    std::uint32_t session = 0; // the pid of the session's leader
    std::uint32_t uid = 0;
    char state = '?'; // as in proc(5)
    std::uint64_t cpuMicroseconds = 0;
    std::uint64_t memoryBytes = 0; // resident and not shared with a file
    std::uint64_t startedMicroseconds = 0; // since boot: with the pid it names one process for good
    std::string user; // of the sandbox's passwd; empty: it has no name for the uid
    std::string name; // as the kernel has it
    std::string command; // as /proc/PID/cmdline has it, cut; empty: a zombie
};

// By pid, processesMax at most.
struct ProcessList {
    std::uint32_t total = 0; // there are so many
    std::uint64_t nowMicroseconds = 0; // since boot, when they were read
    std::vector<ProcessInfo> processes;

    void encode(Encoder &out) const;
    static bool decode(Decoder in, ProcessList &out);
};

struct SignalRequest {
    std::uint32_t pid = 0;
    std::uint64_t startedMicroseconds = 0; // of the process that is meant: a pid is used again
    std::uint8_t signal = 0; // 1…64
    bool tree = false; // all that descends from it too

    void encode(Encoder &out) const;
    static bool decode(Decoder in, SignalRequest &out);
};

} // namespace quarry::agent
