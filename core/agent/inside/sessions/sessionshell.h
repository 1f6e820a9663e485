// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A bash on a terminal of its own, reading its commands from a FIFO and reporting over a second
// one.
#pragma once

#include "agent/inside/sessions/sessionuser.h"
#include "agent/wire/messages.h"

#include <memory>
#include <string>
#include <sys/types.h>
#include <termios.h>
#include <vector>

namespace quarry::agent {

// How a program is started for a session.
struct SessionProgram {
    std::string path;
    std::vector<std::string> argv;
    std::vector<std::string> environment;
    std::string cwd;
    const SessionUser *user = nullptr;
    int in = -1;
    int out = -1;
    int err = -1;
    int terminal = -1; // becomes the controlling one
};

// The pid, or -errno. Waits until the program has been started or could not be.
pid_t startSessionProgram(const SessionProgram &program);

class SessionShell
{
public:
    // Null and FAILURE when it cannot be. CWD falls back to / when the user's home is not there.
    static std::unique_ptr<SessionShell> start(const SessionUser &user, const std::string &cwd,
                                               std::vector<std::string> environment, unsigned rows,
                                               unsigned columns, Failure &failure);
    ~SessionShell(); // closes the terminal, removes the FIFOs; the shell itself is the caller's
    SessionShell(const SessionShell &) = delete;
    SessionShell &operator=(const SessionShell &) = delete;

    pid_t pid() const { return m_pid; }
    int terminal() const { return m_master; } // non-blocking, as are the next two
    int commands() const { return m_commands; } // -1 while nobody reads them
    int reports() const { return m_reports; }
    const std::string &reportPath() const { return m_reportPath; }
    const std::string &bash() const { return m_bash; }
    const SessionUser &user() const { return m_user; }
    const std::vector<std::string> &environment() const { return m_environment; }

    void resetTerminal(); // settings as at the start, output on, nothing typed ahead
    void resize(unsigned rows, unsigned columns);
    // Whether what is read has bare newlines that a terminal is to see as "\r\n": output is
    // processed, but for this. A full-screen program switches the processing off and means its
    // newlines as they are.
    bool translatesNewlines() const;
    pid_t foreground() const; // the terminal's foreground process group; 0: unknown
    std::size_t unreadCommands() const; // bytes written and not yet read by the shell

    // A file for the shell to source; its path, empty where it cannot be written. One at a time.
    std::string writeScript(std::string_view text);
    void removeScript();

    // For a shell that was replaced: what a shell at its prompt must be typed to read our commands,
    // and the attempt to reach it then.
    void closeCommands();
    std::string takeoverLine() const;
    bool reopenCommands();

private:
    SessionShell() = default;
    bool openTerminal(unsigned rows, unsigned columns);
    bool makeFolder();
    bool openFifos();

    SessionUser m_user;
    std::vector<std::string> m_environment;
    std::string m_bash;
    std::string m_folder;
    std::string m_commandPath;
    std::string m_reportPath;
    std::string m_scriptPath;
    pid_t m_pid = -1;
    int m_master = -1;
    int m_slave = -1; // held, so that the terminal outlives all who use it
    int m_shellInput = -1;
    int m_commands = -1;
    int m_reports = -1;
    termios m_settings = {};
};

// LENGTH capitals and digits that nobody can guess.
std::string sessionSecret(std::size_t length);

} // namespace quarry::agent
