// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Processes as /proc shows them.
#pragma once

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace quarry::agent {

struct ProcessStat {
    pid_t pid = 0;
    pid_t parent = 0;
    pid_t session = 0;
    char state = '?';
    std::uint64_t ownTicks = 0;   // user and system time, clock ticks
    std::uint64_t childTicks = 0; // of the children it has waited for
    std::uint64_t startTicks = 0; // since boot: with the pid it names one process for good
};

// By pid.
std::vector<pid_t> allPids();
// False when it is not there, or does not show itself.
bool readProcess(pid_t pid, ProcessStat &out);
std::vector<ProcessStat> allProcesses();
// Resident, less what is shared with files; bytes.
std::uint64_t memoryOf(pid_t pid);
std::uint64_t toMicroseconds(std::uint64_t ticks);
// All below ROOT, itself not; zombies are left out.
std::vector<ProcessStat> descendants(pid_t root);
// "/proc/PID/NAME"
std::string procPath(pid_t pid, const char *name);
// Up to MAX bytes of a file below /proc; empty when it cannot be read.
std::string readSmallFile(const char *path, std::size_t max = 4096);

} // namespace quarry::agent
