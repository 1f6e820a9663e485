// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Asks bash itself whether a command's syntax is right, without running anything.
#pragma once

#include "agent/inside/loop/loop.h"

#include <functional>
#include <string>
#include <sys/types.h>

namespace quarry::agent {

class Services;
class SessionShell;

// One question. Destroying it kills the asking bash; the answer then does not come.
class SessionSyntax
{
public:
    // Empty when the syntax is right, else bash's words, 32 KiB of them at most.
    using Answer = std::function<void(std::string)>;

    // TEXT goes in over a pipe, for an argument could not pass 128 KiB. The answer comes from the
    // loop and may destroy the object. False when bash could not be started.
    SessionSyntax(Services &services, const SessionShell &shell, std::string text, Answer answer);
    ~SessionSyntax();
    SessionSyntax(const SessionSyntax &) = delete;
    SessionSyntax &operator=(const SessionSyntax &) = delete;

    bool started() const { return m_pid > 0; }

private:
    void write();
    void read();
    void closeInput();
    void closeMessages();
    void finishIfDone();

    Services &m_services;
    std::string m_text;
    Answer m_answer;
    std::string m_words;
    std::size_t m_written = 0;
    pid_t m_pid = -1;
    int m_input = -1;
    int m_messages = -1;
    int m_status = -1; // the wait status, once it has ended
    Loop::TimerId m_deadline = 0;
    bool m_late = false;
};

} // namespace quarry::agent
