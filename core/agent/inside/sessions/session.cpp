// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/sessions/session.h"

#include "agent/inside/loop/reaper.h"
#include "agent/inside/loop/services.h"
#include "agent/inside/sessions/sessionhangup.h"
#include "agent/inside/sessions/sessionshell.h"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <sys/epoll.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

constexpr int lookMs = 100;
constexpr int markMs = 300;      // how long a mark may come after its report
constexpr int looksUntilRepair = 2;
constexpr int repairsMax = 3;
// A terminal gives 4 KiB at a time. A piece that large is rarely the last one: some are sent
// together.
constexpr std::size_t floodPiece = 2048;
constexpr std::size_t floodMax = 32 * 1024;
constexpr int floodMs = 2;
constexpr std::size_t reportsMax = 4096;
constexpr std::size_t nonceLength = 32;
constexpr int syntaxErrorCode = 2; // bash's own

Payload payloadOf(std::string text)
{
    auto owner = std::make_shared<const std::string>(std::move(text));
    const auto *bytes = static_cast<const void *>(owner->data());
    return {owner, Bytes(static_cast<const std::uint8_t *>(bytes), owner->size())};
}

std::string_view textOf(Bytes bytes)
{
    const auto *data = static_cast<const void *>(bytes.data());
    return {static_cast<const char *>(data), bytes.size()};
}

// As a terminal's output processing does it (ONLCR).
std::string withReturns(std::string_view bytes)
{
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 8 + 16);
    for (std::size_t end = 0; (end = bytes.find('\n')) != std::string_view::npos;
         bytes.remove_prefix(end + 1))
        text.append(bytes.substr(0, end)).append("\r\n");
    return text.append(bytes);
}

} // namespace

Session::Session(Stream &stream, Services &services, std::unique_ptr<SessionShell> shell)
    : StreamHandler(stream), m_services(services), m_shell(std::move(shell)), m_pid(m_shell->pid())
{
}

Session::~Session()
{
    cancelTimers();
    m_syntax.reset();
    m_services.reaper.forget(m_pid);
    if (m_shell) {
        dropCommands();
        m_services.loop.unwatch(m_shell->terminal());
        m_services.loop.unwatch(m_shell->reports());
        hangUpSession(m_services, std::move(m_shell), {});
    }
}

void Session::begin()
{
    m_services.reaper.expect(m_pid, [this](int status) { shellExited(status); });
    m_services.loop.watch(m_shell->reports(), EPOLLIN, [this](std::uint32_t) { readReports(); });
    watchTerminal();
    m_pending = sessionPreamble();
    watchCommands();
    writeCommands();
    send(SessionEvent::Kind::Started);
}

void Session::data(std::uint8_t channel, Bytes bytes)
{
    if (channel == sessionTextChannel) {
        takeText(bytes);
        return;
    }
    if (channel != sessionTypedChannel) {
        m_stream.fail(Failure::of(Failure::Kind::Invalid,
                                  "The session got data on a channel it does not have."));
        return;
    }
    if (!m_shell || m_gone) {
        m_stream.consume(bytes.size());
        return;
    }
    m_unsettled = m_unsettled || textOf(bytes).find('\x03') != std::string_view::npos;
    m_typed += textOf(bytes); // bounded: consumed only when written
    writeTyped();
}

void Session::message(Decoder message)
{
    SessionRequest request;
    if (!SessionRequest::decode(message, request)) {
        m_stream.fail(Failure::of(Failure::Kind::Invalid, "The session got a malformed message."));
        return;
    }
    switch (request.kind) {
    case SessionRequest::Kind::Run:
        startRun(request.id, request.number);
        break;
    case SessionRequest::Kind::Interrupt:
        interrupt(request.id);
        break;
    case SessionRequest::Kind::Resize:
        if (m_shell)
            m_shell->resize(request.rows, request.columns);
        break;
    case SessionRequest::Kind::Hangup:
        hangUp();
        break;
    }
}

void Session::writable()
{
    m_full = false;
    if (m_state == Shell::Ended)
        drainAndEnd();
    else
        watchTerminal();
}

void Session::startRun(std::uint32_t id, std::uint32_t size)
{
    if (m_phase != Phase::Idle) {
        m_stream.fail(Failure::of(Failure::Kind::Invalid,
                                  "The session got a command while another one runs."));
        return;
    }
    m_id = id;
    m_textSize = size;
    m_text.clear();
    m_phase = Phase::Receiving;
    if (size == 0)
        check();
}

void Session::takeText(Bytes bytes)
{
    m_stream.consume(bytes.size());
    if (m_phase != Phase::Receiving || bytes.size() > m_textSize - m_text.size()) {
        if (m_state == Shell::Ended || m_state == Shell::HangingUp || m_phase == Phase::Idle)
            return; // a command whose receiver was interrupted or is gone
        m_stream.fail(
            Failure::of(Failure::Kind::Invalid, "The session got more text than was announced."));
        return;
    }
    m_text += textOf(bytes);
    if (m_text.size() == m_textSize)
        check();
}

void Session::check()
{
    if (m_state == Shell::Ended || m_state == Shell::HangingUp)
        return; // Ended is on its way
    m_text = normalizedCommand(std::move(m_text));
    if (m_text.find('\0') != std::string::npos) {
        refuse("bash: the command holds a NUL byte");
        return;
    }
    if (isBlankCommand(m_text)) {
        m_phase = Phase::Running;
        send(SessionEvent::Kind::Begin);
        const int kept = m_lastCode;
        finishRun(0);
        m_lastCode = kept;
        return;
    }
    if (isPlainCommand(m_text)) {
        launch();
        return;
    }
    m_phase = Phase::Checking;
    m_syntax
        = std::make_unique<SessionSyntax>(m_services, *m_shell, m_text, [this](std::string words) {
              m_syntax.reset();
              if (words.empty())
                  launch();
              else
                  refuse(std::move(words));
          });
    if (!m_syntax->started()) {
        m_syntax.reset();
        refuse("bash: the syntax cannot be checked: no process can be started");
    }
}

void Session::refuse(std::string words)
{
    m_phase = Phase::Idle;
    m_lastCode = syntaxErrorCode;
    send(SessionEvent::Kind::Refused, syntaxErrorCode, std::move(words));
    std::string().swap(m_text);
}

void Session::launch()
{
    if (m_state == Shell::Replaced) {
        m_phase = Phase::Waiting;
        return;
    }
    m_report = {sessionSecret(nonceLength), m_shell->reportPath()};
    m_finder.setNonce(m_report.nonce);
    if (m_unsettled) {
        m_phase = Phase::Settling;
        m_settleTries = 0;
        settle();
    } else {
        sendUnit();
    }
}

void Session::sendUnit()
{
    m_phase = Phase::Running;
    m_shell->resetTerminal();
    m_code.reset();
    m_begun = false;
    m_silentLooks = 0;
    m_repairs = 0;
    m_pending.erase(0, m_pendingAt);
    m_pendingAt = 0;
    if (isLargeCommand(m_text)) {
        const std::string script = m_shell->writeScript(m_text);
        if (!script.empty())
            m_text = "\\builtin . " + script;
    }
    m_pending += sessionUnit(m_text, m_report, m_lastCode);
    std::string().swap(m_text);
    m_lookTimer = m_services.loop.after(lookMs, [this] { lookAfter(); });
    writeCommands();
}

void Session::finishRun(int code)
{
    cancelTimer(m_lookTimer);
    cancelTimer(m_markTimer);
    cancelTimer(m_interruptTimer);
    killVictims();
    m_victims.clear();
    m_interrupting = false;
    m_phase = Phase::Idle;
    m_lastCode = code;
    m_shell->removeScript();
    send(SessionEvent::Kind::Finished, code);
}

void Session::writeCommands()
{
    while (m_pendingAt < m_pending.size() && m_shell->commands() >= 0) {
        const ssize_t size = ::write(m_shell->commands(), m_pending.data() + m_pendingAt,
                                     m_pending.size() - m_pendingAt);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            break; // full, or nobody reads: the loop tells which
        m_pendingAt += static_cast<std::size_t>(size);
    }
    if (m_pendingAt == m_pending.size()) {
        std::string().swap(m_pending);
        m_pendingAt = 0;
    }
    if (m_shell->commands() >= 0)
        m_services.loop.change(m_shell->commands(),
                               m_pending.empty() ? 0u : std::uint32_t(EPOLLOUT));
}

void Session::watchCommands()
{
    m_services.loop.watch(m_shell->commands(), EPOLLOUT, [this](std::uint32_t events) {
        if (events & EPOLLERR)
            commandsBroke();
        else
            writeCommands();
    });
}

void Session::dropCommands()
{
    if (m_shell->commands() >= 0)
        m_services.loop.unwatch(m_shell->commands());
    m_shell->closeCommands();
    m_pending.clear();
    m_pendingAt = 0;
}

void Session::readReports()
{
    char buffer[1024];
    ssize_t size = 0;
    while ((size = ::read(m_shell->reports(), buffer, sizeof buffer)) > 0) {
        m_reports.append(buffer, static_cast<std::size_t>(size));
        std::size_t end = 0;
        while ((end = m_reports.find('\n')) != std::string::npos) {
            const std::string line = m_reports.substr(0, end);
            m_reports.erase(0, end + 1);
            const std::size_t space = line.find(' ');
            int code = 0;
            if (m_phase == Phase::Settling && line.substr(0, space) == m_report.nonce) {
                cancelTimer(m_settleTimer);
                m_unsettled = false;
                launch();
                continue;
            }
            if (m_phase != Phase::Running || m_code || line.substr(0, space) != m_report.nonce)
                continue; // the second report of a command, or not ours
            const char *const last = line.data() + line.size();
            if (std::from_chars(line.data() + space + 1, last, code).ptr != last || code < 0
                || code > 255)
                continue;
            m_code = code;
            awaitMark();
        }
        if (m_reports.size() > reportsMax)
            m_reports.clear();
    }
}

void Session::awaitMark()
{
    m_markTimer = m_services.loop.after(markMs, [this] {
        m_markTimer = 0;
        if (m_full && !m_gone)
            awaitMark(); // it may be in what could not be read yet
        else
            endSeen(); // the terminal has lost it
    });
}

void Session::lookAfter()
{
    m_lookTimer = m_services.loop.after(lookMs, [this] { lookAfter(); });
    if (m_code || !m_pending.empty() || m_shell->unreadCommands() > 0) {
        m_silentLooks = 0;
        return;
    }
    // All of the unit has been read, its second report too: it should have come.
    if (++m_silentLooks < looksUntilRepair)
        return;
    m_silentLooks = 0;
    if (++m_repairs > repairsMax) {
        m_endReason = "The shell could not report any more (its builtins or descriptors are out of "
                      "use) and was ended.";
        ::kill(m_pid, SIGKILL);
        return;
    }
    m_pending = sessionRepair(m_report);
    writeCommands();
}

void Session::watchTerminal()
{
    if (m_gone || !m_shell)
        return;
    std::uint32_t events = m_paused || m_full ? 0u : std::uint32_t(EPOLLIN);
    if (m_typedAt < m_typed.size())
        events |= EPOLLOUT;
    if (m_watched)
        m_services.loop.change(m_shell->terminal(), events);
    else
        m_watched = m_services.loop.watch(m_shell->terminal(), events,
                                          [this](std::uint32_t ready) { terminalReady(ready); });
}

void Session::terminalReady(std::uint32_t events)
{
    if (events & EPOLLOUT)
        writeTyped();
    if (events & EPOLLIN) {
        readTerminal();
    } else if (events & (EPOLLHUP | EPOLLERR)) {
        // Hung up, which is told again and again: look when there is room for what it still holds.
        m_services.loop.unwatch(m_shell->terminal());
        m_watched = false;
        m_gone = !m_full && !m_paused;
    }
}

void Session::readTerminal()
{
    if (m_stream.sendable() <= m_shown.size())
        flushText();
    const std::size_t room = m_stream.sendable() - m_shown.size();
    if (room == 0) {
        m_full = true;
        watchTerminal();
        return;
    }
    const auto space = m_services.buffer.space(room);
    std::size_t have = 0;
    while (have < space.size()) {
        const ssize_t size = ::read(m_shell->terminal(), space.data() + have, space.size() - have);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0) {
            if (size == 0 || errno != EAGAIN) {
                m_gone = true;
                m_services.loop.unwatch(m_shell->terminal());
            }
            break;
        }
        have += static_cast<std::size_t>(size);
    }
    if (m_state == Shell::Ended)
        m_drained += have;
    std::vector<MarkFinder::Piece> pieces;
    const std::string_view bytes = textOf(space.first(have));
    if (bytes.find('\n') != std::string_view::npos && m_shell->translatesNewlines())
        m_finder.feed(withReturns(bytes), pieces);
    else
        m_finder.feed(bytes, pieces);
    tell(pieces);
}

void Session::tell(std::vector<MarkFinder::Piece> &pieces)
{
    for (MarkFinder::Piece &piece : pieces) {
        switch (piece.kind) {
        case MarkFinder::Piece::Kind::Text:
            sendText(piece.text);
            break;
        case MarkFinder::Piece::Kind::Start:
            if (m_phase == Phase::Running && !m_begun) {
                m_begun = true;
                send(SessionEvent::Kind::Begin);
            }
            break;
        case MarkFinder::Piece::Kind::End:
            if (m_phase == Phase::Running && !m_code)
                readReports(); // it was written before the mark was
            endSeen();
            break;
        }
    }
}

void Session::sendText(std::string &text)
{
    const bool flood = text.size() >= floodPiece;
    if (m_shown.empty())
        m_shown = std::move(text);
    else
        m_shown += text;
    if (!flood || m_shown.size() >= floodMax)
        flushText();
    else if (m_floodTimer == 0)
        m_floodTimer = m_services.loop.after(floodMs, [this] { flushText(); });
}

void Session::flushText()
{
    cancelTimer(m_floodTimer);
    if (!m_shown.empty())
        m_stream.send(0, payloadOf(std::exchange(m_shown, {})));
}

void Session::endSeen()
{
    // Without its report a mark is only something that the command printed.
    if (m_phase != Phase::Running || !m_code)
        return;
    std::vector<MarkFinder::Piece> kept;
    m_finder.flush(kept);
    tell(kept);
    finishRun(*m_code);
}

void Session::writeTyped()
{
    while (m_typedAt < m_typed.size()) {
        const ssize_t size
            = ::write(m_shell->terminal(), m_typed.data() + m_typedAt, m_typed.size() - m_typedAt);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0) {
            if (errno != EAGAIN) { // nobody will read it any more
                m_stream.consume(m_typed.size() - m_typedAt);
                m_typedAt = m_typed.size();
            }
            break;
        }
        m_typedAt += static_cast<std::size_t>(size);
        m_stream.consume(static_cast<std::size_t>(size));
    }
    if (m_typedAt == m_typed.size()) {
        m_typed.clear();
        m_typedAt = 0;
    }
    watchTerminal();
}

void Session::send(SessionEvent::Kind kind, int code, std::string text)
{
    flushText(); // events stand in order with the text
    SessionEvent event;
    event.kind = kind;
    event.id = m_id;
    event.code = code;
    event.text = std::move(text);
    Encoder message;
    event.encode(message);
    m_stream.sendMessage(std::move(message));
}

void Session::cancelTimers()
{
    for (Loop::TimerId *timer : {&m_lookTimer, &m_markTimer, &m_floodTimer, &m_settleTimer,
                                 &m_interruptTimer, &m_replacementTimer})
        cancelTimer(*timer);
}

void Session::cancelTimer(Loop::TimerId &timer)
{
    m_services.loop.cancel(timer);
    timer = 0;
}

} // namespace quarry::agent
