// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/sessions/sessionhangup.h"

#include "agent/inside/loop/loop.h"
#include "agent/inside/loop/services.h"
#include "agent/inside/sessions/sessionprocesses.h"
#include "agent/inside/sessions/sessionshell.h"

#include <csignal>

namespace quarry::agent {

namespace {

constexpr int hangupStepMs = 10;
constexpr int stepsBeforeKill = 100;
constexpr int stepsMax = 300;

struct Hangup {
    Services &services;
    std::unique_ptr<SessionShell> shell;
    std::function<void()> done;
    int step = 0;
};

std::vector<ProcessEntry> remaining(pid_t shell)
{
    std::vector<ProcessEntry> left;
    for (ProcessEntry &process : sessionProcesses(shell)) {
        if (process.pid == shell || !ignoresHangup(process.pid))
            left.push_back(std::move(process));
    }
    return left;
}

void next(const std::shared_ptr<Hangup> &hangup)
{
    const std::vector<ProcessEntry> left = remaining(hangup->shell->pid());
    if (left.empty() || hangup->step >= stepsMax) {
        hangup->shell.reset();
        if (hangup->done)
            hangup->done();
        return;
    }
    if (hangup->step >= stepsBeforeKill) {
        for (const ProcessEntry &process : left)
            signalProcess(process, SIGKILL);
    }
    ++hangup->step;
    hangup->services.loop.after(hangupStepMs, [hangup] { next(hangup); });
}

} // namespace

void hangUpSession(Services &services, std::unique_ptr<SessionShell> shell,
                   std::function<void()> done)
{
    auto hangup = std::make_shared<Hangup>(Hangup{services, std::move(shell), std::move(done)});
    for (const ProcessEntry &process : sessionProcesses(hangup->shell->pid())) {
        signalProcess(process, SIGHUP);
        signalProcess(process, SIGCONT);
    }
    services.loop.after(2, [hangup] { next(hangup); });
}

} // namespace quarry::agent
