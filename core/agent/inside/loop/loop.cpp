// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/loop/loop.h"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <sys/epoll.h>
#include <unistd.h>
#include <utility>

namespace quarry::agent {

namespace {

std::int64_t nowMs()
{
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t(time.tv_sec) * 1000 + time.tv_nsec / 1'000'000;
}

epoll_event eventFor(int fd, std::uint32_t generation, std::uint32_t events)
{
    epoll_event event{};
    event.events = events;
    event.data.u64 = (std::uint64_t(generation) << 32) | static_cast<std::uint32_t>(fd);
    return event;
}

} // namespace

Loop::Loop() : m_epoll(epoll_create1(EPOLL_CLOEXEC)) { }

Loop::~Loop()
{
    // What the callbacks hold may still call unwatch() and cancel() when it goes.
    const auto watches = std::exchange(m_watches, {});
    const auto timers = std::exchange(m_timers, {});
    const auto deferred = std::exchange(m_deferred, {});
    if (m_epoll >= 0)
        close(m_epoll);
}

bool Loop::watch(int fd, std::uint32_t events, FdCallback callback)
{
    epoll_event event = eventFor(fd, ++m_generation, events);
    if (epoll_ctl(m_epoll, EPOLL_CTL_ADD, fd, &event) != 0)
        return false;
    m_watches.insert_or_assign(
        fd, Watch{m_generation, std::make_shared<FdCallback>(std::move(callback))});
    return true;
}

void Loop::change(int fd, std::uint32_t events)
{
    const auto watch = m_watches.find(fd);
    if (watch == m_watches.end())
        return;
    epoll_event event = eventFor(fd, watch->second.generation, events);
    epoll_ctl(m_epoll, EPOLL_CTL_MOD, fd, &event);
}

void Loop::unwatch(int fd)
{
    if (m_watches.erase(fd) > 0)
        epoll_ctl(m_epoll, EPOLL_CTL_DEL, fd, nullptr);
}

Loop::TimerId Loop::after(int milliseconds, std::function<void()> callback)
{
    const TimerId id = m_nextTimer++;
    const std::int64_t due = nowMs() + std::max(milliseconds, 0);
    m_timers.emplace(std::pair(due, id), std::move(callback));
    m_due.emplace(id, due);
    return id;
}

void Loop::cancel(TimerId id)
{
    const auto due = m_due.find(id);
    if (due == m_due.end())
        return;
    m_timers.erase({due->second, id});
    m_due.erase(due);
}

void Loop::defer(std::function<void()> callback)
{
    m_deferred.push_back(std::move(callback));
}

int Loop::waitTime(int timeoutMs) const
{
    if (!m_deferred.empty())
        return 0;
    if (m_timers.empty())
        return timeoutMs;
    const std::int64_t left
        = std::clamp<std::int64_t>(m_timers.begin()->first.first - nowMs(), 0, 60'000);
    return timeoutMs < 0 ? static_cast<int>(left) : std::min(timeoutMs, static_cast<int>(left));
}

void Loop::turn(int timeoutMs)
{
    epoll_event events[64];
    const int count = epoll_wait(m_epoll, events, 64, waitTime(timeoutMs));
    for (int i = 0; i < count; ++i) {
        const auto watch = m_watches.find(static_cast<int>(events[i].data.u64 & 0xffffffffU));
        if (watch == m_watches.end() || watch->second.generation != events[i].data.u64 >> 32)
            continue; // gone since, or another descriptor under the same number
        const std::shared_ptr<FdCallback> callback = watch->second.callback;
        (*callback)(events[i].events);
    }
    fireTimers();
    runDeferred();
}

void Loop::fireTimers()
{
    const std::int64_t now = m_timers.empty() ? 0 : nowMs();
    while (!m_timers.empty() && m_timers.begin()->first.first <= now) {
        auto node = m_timers.extract(m_timers.begin());
        m_due.erase(node.key().second);
        node.mapped()();
    }
}

void Loop::runDeferred()
{
    for (const auto &callback : std::exchange(m_deferred, {}))
        callback();
}

void Loop::run()
{
    m_stopped = false;
    while (!m_stopped)
        turn();
}

} // namespace quarry::agent
