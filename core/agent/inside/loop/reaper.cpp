// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/loop/reaper.h"

#include "agent/inside/loop/loop.h"

#include <csignal>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace quarry::agent {

Reaper::~Reaper()
{
    if (m_signals < 0)
        return;
    m_loop.unwatch(m_signals);
    close(m_signals);
}

bool Reaper::start()
{
    sigset_t mask;
    sigemptyset(&mask);
    sigaddset(&mask, SIGCHLD);
    sigprocmask(SIG_BLOCK, &mask, nullptr);
    m_signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
    return m_signals >= 0 && m_loop.watch(m_signals, EPOLLIN, [this](std::uint32_t) {
        // Later: what is read in this turn may tell to whom one of the dead belonged.
        signalfd_siginfo info;
        while (read(m_signals, &info, sizeof info) > 0) {
        }
        m_loop.defer([this] { reap(); });
    });
}

void Reaper::expect(pid_t pid, std::function<void(int)> callback)
{
    m_expected.insert_or_assign(pid, std::move(callback));
}

void Reaper::forget(pid_t pid)
{
    m_expected.erase(pid);
}

void Reaper::reap()
{
    int status = 0;
    pid_t pid = 0;
    while ((pid = waitpid(-1, &status, WNOHANG | __WALL)) > 0) {
        const auto expected = m_expected.find(pid);
        if (expected == m_expected.end())
            continue;
        const auto callback = std::move(expected->second);
        m_expected.erase(expected);
        callback(status);
    }
}

} // namespace quarry::agent
