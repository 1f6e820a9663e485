// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/sessions/sessionsyntax.h"

#include "agent/inside/loop/reaper.h"
#include "agent/inside/loop/services.h"
#include "agent/inside/sessions/sessionshell.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

constexpr std::size_t wordsMax = 32 * 1024;
constexpr int deadlineMs = 20000;

// The session's environment, with messages in the language that is looked for here.
std::vector<std::string> checkEnvironment(const SessionShell &shell)
{
    std::vector<std::string> environment;
    for (const std::string &entry : shell.environment()) {
        if (entry.compare(0, 3, "LC_") != 0 && entry.compare(0, 8, "LANGUAGE") != 0
            && entry.compare(0, 5, "LANG=") != 0 && entry.compare(0, 5, "BASH_") != 0)
            environment.push_back(entry);
    }
    environment.push_back("LC_ALL=C.UTF-8");
    return environment;
}

} // namespace

SessionSyntax::SessionSyntax(Services &services, const SessionShell &shell, std::string text,
                             Answer answer)
    : m_services(services), m_text(std::move(text)), m_answer(std::move(answer))
{
    m_text += '\n';
    int input[2];
    int messages[2];
    if (::pipe2(input, O_CLOEXEC) != 0)
        return;
    if (::pipe2(messages, O_CLOEXEC) != 0) {
        ::close(input[0]);
        ::close(input[1]);
        return;
    }
    SessionProgram program;
    program.path = shell.bash();
    program.argv = {"bash", "-O", "extglob", "-n"};
    program.environment = checkEnvironment(shell);
    program.cwd = "/";
    program.user = &shell.user();
    program.in = input[0];
    program.out = program.err = messages[1];
    m_pid = startSessionProgram(program);
    ::close(input[0]);
    ::close(messages[1]);
    m_input = input[1];
    m_messages = messages[0];
    if (m_pid < 0)
        return;
    ::fcntl(m_input, F_SETFL, O_NONBLOCK);
    ::fcntl(m_messages, F_SETFL, O_NONBLOCK);
    m_services.reaper.expect(m_pid, [this](int status) {
        m_status = status;
        finishIfDone();
    });
    m_services.loop.watch(m_messages, EPOLLIN, [this](std::uint32_t) { read(); });
    m_services.loop.watch(m_input, EPOLLOUT, [this](std::uint32_t) { write(); });
    m_deadline = m_services.loop.after(deadlineMs, [this] {
        m_deadline = 0;
        m_late = true;
        ::kill(m_pid, SIGKILL);
    });
    write();
}

SessionSyntax::~SessionSyntax()
{
    closeInput();
    closeMessages();
    m_services.loop.cancel(m_deadline);
    if (m_pid > 0 && m_status < 0) {
        m_services.reaper.forget(m_pid);
        ::kill(m_pid, SIGKILL);
    }
}

void SessionSyntax::write()
{
    while (m_written < m_text.size()) {
        const ssize_t size = ::write(m_input, m_text.data() + m_written, m_text.size() - m_written);
        if (size < 0 && errno == EAGAIN)
            return;
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            break; // it has seen enough
        m_written += static_cast<std::size_t>(size);
    }
    closeInput();
}

void SessionSyntax::read()
{
    char buffer[4096];
    for (;;) {
        const ssize_t size = ::read(m_messages, buffer, sizeof buffer);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0 && errno == EAGAIN)
            return;
        if (size <= 0)
            break;
        const std::size_t room = wordsMax - m_words.size();
        m_words.append(buffer, std::min(static_cast<std::size_t>(size), room));
    }
    closeMessages();
    finishIfDone();
}

void SessionSyntax::closeInput()
{
    if (m_input < 0)
        return;
    m_services.loop.unwatch(m_input);
    ::close(m_input);
    m_input = -1;
}

void SessionSyntax::closeMessages()
{
    if (m_messages < 0)
        return;
    m_services.loop.unwatch(m_messages);
    ::close(m_messages);
    m_messages = -1;
}

void SessionSyntax::finishIfDone()
{
    if (m_status < 0 || m_messages >= 0)
        return;
    // An unfinished here-document is only a warning to bash, but would swallow what follows it.
    const bool wrong = m_status != 0 || m_words.find("here-document") != std::string::npos;
    std::string words;
    if (m_late)
        words = "bash: the syntax could not be checked in time";
    else if (wrong)
        words = m_words.empty() ? std::string("bash: syntax error") : std::move(m_words);
    const Answer answer = std::move(m_answer);
    answer(std::move(words));
}

} // namespace quarry::agent
