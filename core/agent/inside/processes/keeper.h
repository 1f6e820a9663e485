// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The keeper: a fork of the agent that starts one program, is child subreaper to all that comes of
// it, tells the agent how it ended, signals the tree on command, and goes when none is left. When
// the agent dies, the keeper kills its tree.
#pragma once

#include "agent/inside/processes/program.h"

namespace quarry::agent {

// Keeper to agent, one a packet.
struct KeeperReport {
    // Forked comes from the new process itself, before it can do anything to its keeper.
    enum class Kind : std::int32_t { Forked = 1, Started, Failed, Exited };
    Kind kind = Kind::Failed;
    std::int32_t value = 0; // pid, errno or wait status
    StartFailure::Stage stage = StartFailure::Stage::Fork;
};

// Agent to keeper, one a packet: a signal for the tree.
struct KeeperCommand {
    std::int32_t signal = 0;
};

// In the forked process. CHANNEL is a SOCK_SEQPACKET; DESCRIPTORS are the program's 0, 1 and 2.
[[noreturn]] void keep(const Program &program, int channel, const int (&descriptors)[3]);

// To every process below ROOT. SIGKILL stops them all first: what is stopped cannot fork away.
void signalDescendants(pid_t root, int signal);

} // namespace quarry::agent
