// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The processes of a terminal, as /proc shows them.
#pragma once

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace quarry::agent {

struct ProcessEntry {
    pid_t pid = 0;
    pid_t parent = 0;
    pid_t group = 0;
    pid_t session = 0;
    char state = '?';
    std::uint64_t started = 0; // ticks since boot: with the pid it names one process for good
    std::string name;          // as the kernel cuts it, 15 bytes
};

// One process; false when it is not there.
bool readProcess(pid_t pid, ProcessEntry &out);

// Every process of SESSION but zombies.
std::vector<ProcessEntry> sessionProcesses(pid_t session);

// Of the processes of a session: those of the foreground GROUP and what descends from them. SHELL
// itself is never among them, nor its background jobs when it is in the foreground itself.
std::vector<ProcessEntry> foregroundJob(const std::vector<ProcessEntry> &all, pid_t group,
                                        pid_t shell);

// Whether the process ignores SIGHUP, as nohup makes it.
bool ignoresHangup(pid_t pid);

// Sends SIGNAL if the process is still the one that was seen.
void signalProcess(const ProcessEntry &process, int signal);

} // namespace quarry::agent
