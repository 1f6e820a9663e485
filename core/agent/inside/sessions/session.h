// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One bash session: gives the shell its commands, tells their output, end and exit code apart from
// everything else that the terminal shows, interrupts and hangs up.
#pragma once

#include "agent/inside/loop/loop.h"
#include "agent/inside/sessions/sessionmarks.h"
#include "agent/inside/sessions/sessionprocesses.h"
#include "agent/inside/sessions/sessionsyntax.h"
#include "agent/inside/sessions/sessiontext.h"
#include "agent/inside/loop/stream.h"
#include "agent/wire/sessionmessages.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quarry::agent {

class SessionShell;

class Session final : public StreamHandler
{
public:
    Session(Stream &stream, Services &services, std::unique_ptr<SessionShell> shell);
    ~Session() override; // hangs up

    void begin();

    void data(std::uint8_t channel, Bytes bytes) override;
    void message(Decoder message) override;
    void writable() override;

private:
    // Of the command, from the moment it was named.
    enum class Phase { Idle, Receiving, Checking, Waiting, Settling, Running };
    // Of the shell. Replaced: it no longer reads commands, something else runs in its place.
    enum class Shell { Alive, Replaced, Ended, HangingUp };

    // The command's way.
    void startRun(std::uint32_t id, std::uint32_t size);
    void takeText(Bytes bytes);
    void check();
    void refuse(std::string words);
    void launch();
    void sendUnit();
    void finishRun(int code);

    // The shell's pipes.
    void writeCommands();
    void watchCommands();
    void commandsBroke();
    void readReports();
    void awaitMark();
    void lookAfter(); // every tenth of a second while a command runs

    // The terminal.
    void watchTerminal();
    void terminalReady(std::uint32_t events);
    void readTerminal();
    void tell(std::vector<MarkFinder::Piece> &pieces);
    void sendText(std::string &text);
    void flushText();
    void endSeen();
    void writeTyped();

    // Interrupting (sessioninterrupt.cpp).
    void interrupt(std::uint32_t id);
    void interruptStep();
    void settle();
    void killVictims();
    void addVictims(pid_t group);

    // A shell that was replaced, and the end (sessionend.cpp).
    void watchReplacement();
    bool shellWaits();
    void takeOver();
    void reachNewShell();
    void shellExited(int status);
    void drainAndEnd();
    void hangUp();

    void send(SessionEvent::Kind kind, int code = 0, std::string text = {});
    void dropCommands();
    void cancelTimer(Loop::TimerId &timer);
    void cancelTimers();

    Services &m_services;
    std::unique_ptr<SessionShell> m_shell;
    pid_t m_pid;
    Shell m_state = Shell::Alive;
    MarkFinder m_finder;

    Phase m_phase = Phase::Idle;
    std::uint32_t m_id = 0;
    std::uint32_t m_textSize = 0;
    std::string m_text;
    std::unique_ptr<SessionSyntax> m_syntax;
    SessionReport m_report;
    std::string m_pending; // for the command pipe
    std::size_t m_pendingAt = 0;
    bool m_begun = false;
    std::optional<int> m_code; // the shell has reported
    int m_lastCode = 0;        // $? for the next command
    int m_silentLooks = 0;     // how often everything was read and nothing reported
    int m_repairs = 0;
    std::string m_reports; // an unfinished line

    std::string m_shown;   // text of a flood, gathered before it is sent
    bool m_paused = false; // the terminal is not read for now
    bool m_full = false;   // nor is it while the stream is full
    bool m_gone = false;   // nor ever again
    bool m_watched = false;
    std::string m_typed;
    std::size_t m_typedAt = 0;
    std::size_t m_drained = 0; // read since the shell's end
    static constexpr std::size_t drainMax = 1
        << 20; // more can only be new, from what was left behind

    bool m_interrupting = false;
    bool m_unsettled = false; // the shell itself was sent an interrupt
    int m_settleTries = 0;
    int m_interruptSteps = 0;
    int m_startWaits = 0; // steps that a shell was left to read its command
    std::vector<ProcessEntry> m_victims;

    int m_replacementLooks = 0;
    int m_takeovers = 0;
    pid_t m_waitingShell = 0;
    int m_exitCode = 0;
    std::string m_endReason;

    std::shared_ptr<bool> m_alive = std::make_shared<bool>(true);
    Loop::TimerId m_lookTimer = 0;
    Loop::TimerId m_markTimer = 0;
    Loop::TimerId m_floodTimer = 0;
    Loop::TimerId m_settleTimer = 0;
    Loop::TimerId m_interruptTimer = 0;
    Loop::TimerId m_replacementTimer = 0;
};

} // namespace quarry::agent
