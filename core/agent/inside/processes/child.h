// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One program and everything it starts. A small keeper process stands between the agent and the
// program as child subreaper, so that the whole tree (setsid, double forks, a cleared environment)
// stays below the keeper: that is what signalTree() walks.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace quarry::agent {

class Services;

struct ResourceLimit {
    int resource = 0; // RLIMIT_…
    std::uint64_t soft = 0;
    std::uint64_t hard = 0;
};

struct ChildSpec {
    std::vector<std::string> argv;        // argv[0] is looked up in PATH of environment
    std::vector<std::string> environment; // all of it
    std::string cwd;                      // absolute
    std::optional<uid_t> uid;
    std::optional<gid_t> gid;
    std::vector<ResourceLimit> limits;
    // The program's descriptors, borrowed for the call; it gets no others. It leads a session of
    // its own.
    int in = -1;
    int out = -1;
    int err = -1;
    bool terminal = false; // IN is a terminal: make it the controlling one
};

// Why a program did not start.
struct StartFailure {
    enum class Stage : std::uint8_t { Fork = 1, Cwd, User, Limits, Terminal, Program, Interpreter };
    Stage stage = Stage::Fork;
    int errnoValue = 0;
};

class Child
{
public:
    struct Events {
        std::function<void(pid_t)> started;
        std::function<void(StartFailure)> failed; // the last of the calls
        std::function<void(int waitStatus)> exited; // as waitpid(2) gives it; the last of the calls
    };

    // Starts at once; the events come later from the loop. Any of them may destroy the Child.
    Child(Services &services, const ChildSpec &spec, Events events);
    // What runs lives on; nothing is told any more. Call killTree() first to end it.
    ~Child();
    Child(const Child &) = delete;
    Child &operator=(const Child &) = delete;

    pid_t pid() const; // of the program; 0 before started
    // To the program and all its descendants; SIGKILL repeats until none is left, even when this
    // object is gone. Works after exited() too, for what was left in the background.
    void signalTree(int signal);
    void killTree(); // signalTree(SIGKILL)
    struct Activity {
        bool busy = false; // one is on a processor or waits for a disk: it may be about to write
        std::uint64_t ticks = 0; // of processor time that all have had
    };
    Activity activity() const; // of the descendants now

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace quarry::agent
