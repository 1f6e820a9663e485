// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// When a session's shell is replaced by another program, ends, or is hung up.
#include "agent/inside/loop/reaper.h"
#include "agent/inside/loop/services.h"
#include "agent/inside/sessions/session.h"
#include "agent/inside/sessions/sessionhangup.h"
#include "agent/inside/sessions/sessionshell.h"

#include <algorithm>
#include <array>
#include <sys/wait.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

constexpr int replacementLookMs = 30;
constexpr int looksUntilShown = 17; // half a second: it is not a shell that comes to its prompt
constexpr int looksPerTakeover = 34; // a second
constexpr int takeoversMax = 3;

bool isShellName(const std::string &name)
{
    static constexpr std::array<std::string_view, 9> names{"bash", "sh",   "dash",    "zsh",  "ksh",
                                                           "ash",  "mksh", "busybox", "rbash"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

// The command pipe has no reader: exec has replaced the shell, or it is dying.
void Session::commandsBroke()
{
    dropCommands();
    if (m_state != Shell::Alive)
        return;
    m_state = Shell::Replaced;
    cancelTimer(m_lookTimer);
    cancelTimer(m_settleTimer);
    if (m_phase == Phase::Settling)
        m_phase = Phase::Waiting;
    m_paused = true; // a new shell's prompt is not the command's output
    watchTerminal();
    m_replacementLooks = 0;
    m_takeovers = 0;
    m_waitingShell = 0;
    watchReplacement();
}

void Session::watchReplacement()
{
    m_replacementTimer = m_services.loop.after(replacementLookMs, [this] { watchReplacement(); });
    if (++m_replacementLooks == looksUntilShown && m_paused) {
        m_paused = false;
        watchTerminal();
    }
    if (m_takeovers > 0) {
        reachNewShell();
        return;
    }
    if (shellWaits())
        takeOver();
}

// A shell is in the foreground and has slept since the last look.
bool Session::shellWaits()
{
    ProcessEntry process;
    const pid_t leader = m_shell->foreground();
    const bool sleeps = leader > 0 && readProcess(leader, process) && process.state == 'S'
        && isShellName(process.name);
    const pid_t before = m_waitingShell;
    m_waitingShell = sleeps ? leader : 0;
    return sleeps && before == leader;
}

void Session::takeOver()
{
    ++m_takeovers;
    m_replacementLooks = 0;
    if (m_phase == Phase::Running)
        finishRun(0);
    m_lastCode = 0;
    m_unsettled = false;
    m_paused = false;
    m_shell->resetTerminal();
    watchTerminal();
    const std::string line = m_shell->takeoverLine();
    if (::write(m_shell->terminal(), line.data(), line.size()) < 0)
        m_waitingShell = 0; // a full terminal: looked at again
}

void Session::reachNewShell()
{
    if (!m_shell->reopenCommands()) {
        if (m_replacementLooks >= looksPerTakeover && m_takeovers < takeoversMax && shellWaits())
            takeOver();
        return;
    }
    cancelTimer(m_replacementTimer);
    m_state = Shell::Alive;
    m_pending = sessionPreamble();
    m_pendingAt = 0;
    watchCommands();
    writeCommands();
    if (m_phase == Phase::Waiting)
        launch();
}

void Session::shellExited(int status)
{
    m_exitCode = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    if (m_state == Shell::HangingUp)
        return;
    if (m_endReason.empty()) {
        m_endReason = WIFSIGNALED(status)
            ? "The shell was killed by signal " + std::to_string(WTERMSIG(status)) + "."
            : "The shell ended with exit code " + std::to_string(m_exitCode) + ".";
    }
    m_state = Shell::Ended;
    cancelTimers();
    m_syntax.reset();
    dropCommands();
    m_paused = false;
    drainAndEnd();
}

void Session::drainAndEnd()
{
    // What the terminal still holds, as far as the stream takes it; the rest follows from
    // writable().
    while (!m_gone && m_drained < drainMax) {
        const std::size_t before = m_drained;
        readTerminal();
        if (m_full)
            return;
        if (m_drained == before)
            break;
    }
    std::vector<MarkFinder::Piece> kept;
    m_finder.flush(kept);
    tell(kept);
    if (m_phase == Phase::Running)
        killVictims();
    m_services.loop.unwatch(m_shell->terminal());
    m_services.loop.unwatch(m_shell->reports());
    m_gone = true;
    hangUpSession(m_services, std::move(m_shell), {}); // of what the shell has left behind
    send(SessionEvent::Kind::Ended, m_exitCode, m_endReason);
    m_stream.finish();
}

void Session::hangUp()
{
    if (m_state == Shell::Ended || m_state == Shell::HangingUp)
        return;
    m_state = Shell::HangingUp;
    cancelTimers();
    m_syntax.reset();
    dropCommands();
    m_services.loop.unwatch(m_shell->terminal());
    m_services.loop.unwatch(m_shell->reports());
    m_gone = true;
    const std::weak_ptr<bool> alive = m_alive;
    hangUpSession(m_services, std::move(m_shell), [this, alive] {
        if (alive.expired())
            return;
        send(SessionEvent::Kind::Ended, m_exitCode, "The session was closed.");
        m_stream.finish();
    });
}

} // namespace quarry::agent
