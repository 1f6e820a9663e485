// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/processes/signalhandler.h"

#include "agent/inside/processes/keeper.h"
#include "agent/inside/processes/proctree.h"

#include <cerrno>
#include <csignal>
#include <unistd.h>

namespace quarry::agent {

namespace {

// The agent and what it descends from: with one of them the sandbox would end.
bool carriesTheSandbox(pid_t pid)
{
    ProcessStat stat;
    stat.parent = getpid();
    do {
        if (stat.parent == pid)
            return true;
    } while (readProcess(stat.parent, stat) && stat.parent > 0);
    return false;
}

} // namespace

Failure signalProcess(const SignalRequest &request)
{
    const auto pid = static_cast<pid_t>(request.pid);
    const std::string name = "Process " + std::to_string(pid);
    if (pid <= 1 || carriesTheSandbox(pid))
        return Failure::of(Failure::Kind::Invalid,
                           name + " carries the sandbox: stop the sandbox instead.");
    ProcessStat stat;
    if (!readProcess(pid, stat) || toMicroseconds(stat.startTicks) != request.startedMicroseconds)
        return Failure::of(Failure::Kind::Gone, name + " has ended.");
    if (stat.state == 'Z')
        return Failure::of(Failure::Kind::Gone,
                           name + " has ended; its parent has yet to take note.");
    if (request.tree) {
        kill(pid, SIGSTOP); // or it would start others meanwhile
        signalDescendants(pid, request.signal);
    }
    if (kill(pid, request.signal) != 0)
        return Failure::system(errno, name);
    if (request.tree && request.signal != SIGKILL)
        kill(pid, SIGCONT);
    return {};
}

std::unique_ptr<StreamHandler> makeSignalHandler(Stream &stream, Services &, Decoder request)
{
    SignalRequest wanted;
    if (!SignalRequest::decode(request, wanted)) {
        stream.fail(Failure::of(Failure::Kind::Invalid, "The request is malformed."));
        return nullptr;
    }
    if (Failure failure = signalProcess(wanted); failure.failed()) {
        stream.fail(std::move(failure));
        return nullptr;
    }
    stream.sendMessage(Encoder());
    stream.finish();
    return nullptr;
}

} // namespace quarry::agent
