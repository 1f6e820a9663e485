// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The agent's event loop: descriptors (epoll, level-triggered), timers (CLOCK_MONOTONIC) and calls
// put off to the end of a turn. One thread. Any callback may remove anything, itself included.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

namespace quarry::agent {

class Loop
{
public:
    using TimerId = std::uint64_t; // never 0
    using FdCallback = std::function<void(std::uint32_t events)>; // EPOLLIN, EPOLLOUT, EPOLLHUP …

    Loop();
    ~Loop();
    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;

    // The descriptor stays the caller's, who calls unwatch() before closing it. False where the
    // kernel refuses (a regular file, no memory).
    bool watch(int fd, std::uint32_t events, FdCallback callback);
    void change(int fd, std::uint32_t events); // 0: only errors and hang-ups are told
    void unwatch(int fd); // nothing happens for an unknown one

    TimerId after(int milliseconds, std::function<void()> callback);
    void cancel(TimerId id); // 0 and one that has fired are fine

    // Runs at the end of this turn.
    void defer(std::function<void()> callback);

    // One turn; blocks at most timeoutMs (-1: until something happens).
    void turn(int timeoutMs = -1);
    void run(); // until stop()
    void stop() { m_stopped = true; }

private:
    struct Watch {
        std::uint32_t generation;
        std::shared_ptr<FdCallback> callback;
    };
    int waitTime(int timeoutMs) const;
    void fireTimers();
    void runDeferred();

    int m_epoll = -1;
    std::uint32_t m_generation = 0;
    TimerId m_nextTimer = 1;
    bool m_stopped = false;
    std::unordered_map<int, Watch> m_watches;
    std::map<std::pair<std::int64_t, TimerId>, std::function<void()>> m_timers; // by due time
    std::unordered_map<TimerId, std::int64_t> m_due;
    std::vector<std::function<void()>> m_deferred;
};

} // namespace quarry::agent
