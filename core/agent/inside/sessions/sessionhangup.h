// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Hangs up a session's terminal.
#pragma once

#include <functional>
#include <memory>

namespace quarry::agent {

class Services;
class SessionShell;

// SIGHUP and SIGCONT to all of the terminal's session, SIGKILL after one second to what was not put
// under nohup; the shell always goes. Keeps SHELL until then; goes on by itself when the asker is
// gone. DONE comes from the loop.
void hangUpSession(Services &services, std::unique_ptr<SessionShell> shell,
                   std::function<void()> done);

} // namespace quarry::agent
