// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a session ends a command before its time, and stays usable.
#include "agent/inside/loop/services.h"
#include "agent/inside/sessions/session.h"
#include "agent/inside/sessions/sessionshell.h"

#include <algorithm>
#include <csignal>

namespace quarry::agent {

namespace {

constexpr int interruptStepMs = 50;
constexpr int stepsUntilKill = 10;        // 0.5 s for those that clean up
constexpr int stepsUntilShellKill
    = 70;   // a shell that ignores interrupts has nothing left to run by then
constexpr int settleMs = 250;
constexpr int settleTriesMax = 20;
constexpr int startWaitsMax = 200;
constexpr int interruptedCode = 130; // 128 + SIGINT

} // namespace

void Session::interrupt(std::uint32_t id)
{
    if (id != m_id || m_interrupting || m_phase == Phase::Idle || !m_shell)
        return;
    if (m_phase == Phase::Receiving || m_phase == Phase::Checking || m_phase == Phase::Settling) {
        cancelTimer(m_settleTimer);
        m_syntax.reset();
        std::string().swap(m_text);
        send(SessionEvent::Kind::Begin);
        finishRun(interruptedCode);
        return;
    }
    m_interrupting = true;
    m_interruptSteps = 0;
    m_startWaits = 0;
    m_victims.clear();
    interruptStep();
}

void Session::interruptStep()
{
    m_interruptTimer = m_services.loop.after(interruptStepMs, [this] { interruptStep(); });
    const pid_t group = m_shell->foreground();
    // A shell that still reads the command would take the rest of it for commands of its own.
    const bool reads = m_phase == Phase::Running && !m_begun && group == m_pid
        && (!m_pending.empty() || m_shell->unreadCommands() > 0);
    if (reads && m_startWaits < startWaitsMax) {
        ++m_startWaits;
        return;
    }
    ++m_interruptSteps;
    if (m_interruptSteps == 1) {
        addVictims(group);
        if (group > 0) {
            ::kill(-group, SIGCONT);
            ::kill(-group, SIGINT);
            m_unsettled = m_unsettled || group == m_pid;
        }
        for (const ProcessEntry &process : m_victims) {
            if (process.group != group)
                signalProcess(process, SIGINT);
        }
    } else if (m_interruptSteps > stepsUntilShellKill) {
        m_endReason = "The shell did not let itself be interrupted and was ended.";
        ::kill(m_pid, SIGKILL);
    } else if (m_interruptSteps > stepsUntilKill) {
        addVictims(group);
        // The shell first: it may run a loop, and must not go on to the next command of its list
        // when the job is gone.
        ::kill(m_pid, SIGCONT);
        ::kill(m_pid, SIGINT);
        m_unsettled = true;
        killVictims();
    }
}

// An interrupt may reach the shell when it is done already, and would then tear the next command
// that it reads to pieces. So it is given something to read first that may be torn.
void Session::settle()
{
    if (m_settleTries++ >= settleTriesMax) {
        m_endReason = "The shell did not come back from an interrupt and was ended.";
        ::kill(m_pid, SIGKILL);
        return;
    }
    m_settleTimer = m_services.loop.after(settleMs, [this] { settle(); });
    m_pending += "\n" + sessionTail(m_report);
    writeCommands();
}

void Session::addVictims(pid_t group)
{
    if (group <= 0)
        return;
    for (const ProcessEntry &process : foregroundJob(sessionProcesses(m_pid), group, m_pid)) {
        const auto same = [&process](const ProcessEntry &other) {
            return other.pid == process.pid && other.started == process.started;
        };
        if (std::none_of(m_victims.begin(), m_victims.end(), same))
            m_victims.push_back(process);
    }
}

void Session::killVictims()
{
    for (const ProcessEntry &process : m_victims)
        signalProcess(process, SIGKILL);
}

} // namespace quarry::agent
