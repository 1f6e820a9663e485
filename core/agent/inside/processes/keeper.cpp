// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/processes/keeper.h"

#include "agent/inside/processes/proctree.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <set>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

constexpr int channelFd = 3;
constexpr int stopPassesMax = 100;

void onChild(int) { }

void arrangeDescriptors(int channel, const int (&descriptors)[3])
{
    const int sources[] = {descriptors[0], descriptors[1], descriptors[2], channel};
    int high[4];
    for (int i = 0; i < 4; ++i)
        high[i] = fcntl(sources[i], F_DUPFD_CLOEXEC, 10);
    for (int i = 0; i < 4; ++i)
        dup2(high[i], i);
    close_range(channelFd + 1, ~0U, 0);
    fcntl(channelFd, F_SETFD, FD_CLOEXEC);
}

void report(KeeperReport::Kind kind, std::int32_t value,
            StartFailure::Stage stage = StartFailure::Stage::Fork)
{
    const KeeperReport packet{kind, value, stage};
    send(channelFd, &packet, sizeof packet, MSG_NOSIGNAL);
}

// The pid, or 0 after the failure has been reported.
pid_t startProgram(const Program &program)
{
    // Shared with the vfork child, which writes it before this process goes on.
    volatile int errnoValue = 0;
    volatile std::uint8_t stage = 0;
    const pid_t pid = vfork(); // NOLINT(bugprone-unsafe-functions): it only becomes the program
    if (pid == 0) {
        report(KeeperReport::Kind::Forked, getpid());
        const StartFailure failure = program.become();
        errnoValue = failure.errnoValue;
        stage = static_cast<std::uint8_t>(failure.stage);
        _exit(127);
    }
    if (pid > 0 && errnoValue == 0) {
        report(KeeperReport::Kind::Started, pid);
        return pid;
    }
    if (pid < 0)
        report(KeeperReport::Kind::Failed, errno);
    else
        report(KeeperReport::Kind::Failed, errnoValue, static_cast<StartFailure::Stage>(stage));
    return 0;
}

// False when no child is left.
bool reap(pid_t program)
{
    int status = 0;
    pid_t pid = 0;
    while ((pid = waitpid(-1, &status, WNOHANG | __WALL)) > 0) {
        if (pid == program)
            report(KeeperReport::Kind::Exited, status);
    }
    return pid == 0 || errno != ECHILD;
}

// The signal to send on, 0 when there is none; SIGKILL when the agent has gone.
int takeCommand(bool &open)
{
    KeeperCommand command;
    const ssize_t count = recv(channelFd, &command, sizeof command, MSG_DONTWAIT);
    if (count == ssize_t(sizeof command))
        return command.signal;
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return 0;
    open = false;
    return SIGKILL;
}

} // namespace

void signalDescendants(pid_t root, int signal)
{
    std::set<pid_t> stopped;
    bool more = signal == SIGKILL;
    for (int pass = 0; more && pass < stopPassesMax; ++pass) {
        more = false;
        for (const ProcessStat &process : descendants(root)) {
            if (!stopped.insert(process.pid).second)
                continue;
            kill(process.pid, SIGSTOP);
            more = true;
        }
    }
    for (const ProcessStat &process : descendants(root))
        kill(process.pid, signal);
}

void keep(const Program &program, int channel, const int (&descriptors)[3])
{
    sigset_t mask;
    sigfillset(&mask);
    sigprocmask(SIG_SETMASK, &mask, nullptr);
    sigdelset(&mask, SIGCHLD);
    struct sigaction action{};
    action.sa_handler = onChild;
    sigaction(SIGCHLD, &action, nullptr);
    arrangeDescriptors(channel, descriptors);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    prctl(PR_SET_NAME, "quarry-keeper");
    const pid_t pid = startProgram(program);
    for (int fd = 0; fd < channelFd; ++fd)
        close(fd); // or a pipe would never end
    bool open = true;
    bool killing = false;
    while (reap(pid)) {
        pollfd waited{channelFd, short(open ? POLLIN : 0), 0};
        const timespec pause{0, 2'000'000};
        ppoll(&waited, open ? 1 : 0, killing ? &pause : nullptr, &mask);
        const int signal = open ? takeCommand(open) : 0;
        killing = killing || signal == SIGKILL;
        if (killing)
            signalDescendants(getpid(), SIGKILL);
        else if (signal != 0)
            signalDescendants(getpid(), signal);
    }
    _exit(0);
}

} // namespace quarry::agent
