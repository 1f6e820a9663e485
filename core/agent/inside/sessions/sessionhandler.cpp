// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/sessions/sessionhandler.h"

#include "agent/inside/loop/services.h"
#include "agent/inside/sessions/session.h"
#include "agent/inside/sessions/sessionshell.h"
#include "agent/wire/sessionmessages.h"

#include <algorithm>

namespace quarry::agent {

std::unique_ptr<StreamHandler> makeSessionHandler(Stream &stream, Services &services,
                                                  Decoder request)
{
    SessionOpen open;
    if (!SessionOpen::decode(request, open)) {
        stream.fail(Failure::of(Failure::Kind::Invalid, "The request for a session is malformed."));
        return nullptr;
    }
    SessionUser user;
    if (!findSessionUser(open.user, user)) {
        stream.fail(Failure::of(Failure::Kind::Invalid,
                                "There is no user " + open.user + " in the sandbox."));
        return nullptr;
    }
    std::vector<std::string> environment = services.environment(open.environment);
    if (user.switches) {
        // What the agent's own user has for these is not the other one's, unless the caller said
        // so.
        for (const char *name : {"HOME", "USER", "LOGNAME"}) {
            const std::string head = std::string(name) + "=";
            const auto matches = [&head](const std::string &entry) {
                return entry.compare(0, head.size(), head) == 0;
            };
            if (std::find_if(open.environment.begin(), open.environment.end(), matches)
                == open.environment.end())
                std::erase_if(environment, matches);
        }
    }
    Failure failure;
    const std::string cwd = open.cwd.empty() ? std::string() : services.absolute(open.cwd);
    auto shell
        = SessionShell::start(user, cwd, std::move(environment), open.rows, open.columns, failure);
    if (!shell) {
        stream.fail(std::move(failure));
        return nullptr;
    }
    auto session = std::make_unique<Session>(stream, services, std::move(shell));
    session->begin();
    return session;
}

} // namespace quarry::agent
