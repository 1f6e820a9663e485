// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the launcher is to do, as the engine writes it into descriptor 3: a sequence of KEY NUL
// VALUE NUL pairs, at most 4 MiB. An unknown key, a missing end or a number out of range is an
// error.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace quarry::launcher {

constexpr int specFd = 3;
constexpr int agentFd = 5;   // the agent's stream; a worker's output file
constexpr int seccompFd = 6; // the compiled filter

struct GroupSetting {
    std::string file;
    std::string value;
    std::string limit; // the limit it stands for, for a note when it cannot be written
};

struct Group {
    std::string path; // made when absent, and joined
    std::vector<GroupSetting> settings;
};

struct Place {
    bool readOnly = false;
    std::string source;
    std::string target; // inside; empty for a worker's
};

struct Range {
    uint32_t first = 0;
    uint32_t count = 0;
};

enum class Network { None, User, Host };

struct Spec {
    bool worker = false;
    Range uids;             // for a server run as root: its own range of host uids and gids
    Range subUids, subGids; // for an ordinary user: what newuidmap may give; count 0: nothing
    std::vector<Group> groups;
    uint64_t processMax = 0; // RLIMIT_NPROC; 0: as inherited
    uint64_t memoryMax = 0;  // RLIMIT_AS, of a worker
    std::string layer; // holds root/upper and root/work, and the same below usr/
    std::vector<std::string> rootLowers; // top first
    std::vector<std::string> usrLowers;  // of a second overlay over /usr; empty: there is none
    Network network = Network::None;
    std::string mark;    // the name that bwrap shows among the processes
    std::string program; // bwrap, or quarry for a worker
    std::string agent;
    std::string pasta;
    std::string resolvConf; // text of /etc/resolv.conf; empty: as the image has it
    std::string hostname;
    std::vector<std::string> environment; // KEY=VALUE
    std::vector<Place> places;
    std::vector<std::string> arguments; // of a worker
};

// Reads descriptor 3 to its end; ends the process on a fault.
Spec readSpec();

} // namespace quarry::launcher
