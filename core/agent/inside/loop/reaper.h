// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Waits for every child, as pid 1 must, also those that nobody here started.
#pragma once

#include <functional>
#include <map>
#include <sys/types.h>

namespace quarry::agent {

class Loop;

class Reaper
{
public:
    explicit Reaper(Loop &loop) : m_loop(loop) { }
    ~Reaper();
    Reaper(const Reaper &) = delete;
    Reaper &operator=(const Reaper &) = delete;

    // Blocks SIGCHLD and takes it from the loop. False with errno where that fails.
    bool start();

    // CALLBACK comes once, with the wait status, if PID ever ends as a child of this process.
    void expect(pid_t pid, std::function<void(int)> callback);
    void forget(pid_t pid);

private:
    void reap();

    Loop &m_loop;
    int m_signals = -1;
    std::map<pid_t, std::function<void(int)>> m_expected;
};

} // namespace quarry::agent
