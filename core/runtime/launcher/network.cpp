// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "network.h"

#include "report.h"
#include "routes.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace quarry::launcher {

namespace {

constexpr int pastaMilliseconds = 10000;

struct Ends {
    int read = -1;
    int write = -1;
};

Ends makePipe()
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC))
        failErrno("no pipe");
    return {ends[0], ends[1]};
}

[[noreturn]] void becomePasta(const std::string &program, const std::string &target)
{
    const char *argv[]
        = {"pasta",   "-q",   "--config-net", "--no-map-gw", "-t",           "none",
           "-u",      "none", "-T",           "none",        "-U",           "none",
           "--runas", "0:0",  "--netns-only", "--netns",     target.c_str(), nullptr};
    execv(program.c_str(), const_cast<char **>(argv));
    _exit(127);
}

// The first process of pasta's pid namespace. pasta goes to the background as soon as the interface
// is there; what is left to do is to reap.
[[noreturn]] void keepPasta(const std::string &program, const std::string &target, const Ends &go,
                            const Ends &ready)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(go.write);
    close(ready.read);
    // Neither the agent's stream nor the status pipe may be held open from here.
    for (int fd = statusFd; fd <= seccompFd; ++fd)
        close(fd);
    char byte;
    if (read(go.read, &byte, 1) != 1)
        _exit(1);
    const pid_t pasta = fork();
    if (pasta == 0)
        becomePasta(program, target);
    int status = 0;
    pid_t ended;
    while ((ended = wait(&status)) != pasta && (ended > 0 || errno == EINTR)) {
    }
    byte = WIFEXITED(status) ? char(WEXITSTATUS(status)) : char(1);
    static_cast<void>(!write(ready.write, &byte, 1));
    close(ready.write);
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(null, STDERR_FILENO);
    while (wait(nullptr) > 0 || errno == EINTR) {
    }
    _exit(0);
}

void awaitPasta(int fd)
{
    pollfd wanted{fd, POLLIN, 0};
    int n;
    while ((n = poll(&wanted, 1, pastaMilliseconds)) < 0 && errno == EINTR) {
    }
    if (n == 0)
        fail("timeout", "pasta did not set the network up in 10 s");
    char status = 1;
    if (read(fd, &status, 1) != 1 || status != 0)
        fail("unsupported", "pasta could not set the network up; quarry doctor says what helps");
    close(fd);
}

} // namespace

void makeUserNetwork(const Spec &spec, const std::string &handle)
{
    const std::vector<Address> addresses = ownAddresses();
    const Ends go = makePipe();
    const Ends ready = makePipe();
    const long keeper
        = syscall(SYS_clone, CLONE_NEWPID | SIGCHLD, nullptr, nullptr, nullptr, nullptr);
    if (keeper < 0)
        failErrno("cannot make a pid namespace for pasta");
    if (keeper == 0)
        keepPasta(spec.pasta, handle, go, ready);
    close(go.read);
    close(ready.write);
    if (unshare(CLONE_NEWNET))
        failErrno("cannot make a network namespace");
    if (!raiseLoopback())
        failErrno("cannot bring the loopback up");
    // By a mount and not by pid: pasta has dropped the right to look into this process by then.
    if (mount("/proc/self/ns/net", handle.c_str(), nullptr, MS_BIND, nullptr))
        failErrno("cannot show the network namespace to pasta");
    static_cast<void>(!write(go.write, "x", 1));
    close(go.write);
    awaitPasta(ready.read);
    if (!blockAddresses(addresses))
        failErrno("cannot close the host's addresses to the sandbox");
}

} // namespace quarry::launcher
