// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry-agent: the one process that Quarry puts into a sandbox, as its pid 1. Serves the engine
// over the stream socket --fd; when that ends, everything in the sandbox does.
#include "agent/inside/agent.h"
#include "agent/inside/handlers.h"
#include "agent/inside/loop/reaper.h"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {

using namespace quarry::agent;

constexpr int wrongUsage = 2;

int complain(std::string_view what, int code)
{
    std::string line = "quarry-agent: ";
    line.append(what).append("\n");
    const ssize_t ignored = write(STDERR_FILENO, line.data(), line.size());
    static_cast<void>(ignored);
    return code;
}

// The descriptor that the arguments name, -1 for wrong usage.
int streamArgument(int argc, char **argv)
{
    int fd = -1;
    if (argc != 3 || std::string_view(argv[1]) != "--fd")
        return -1;
    const std::string_view text = argv[2];
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), fd);
    return error == std::errc() && end == text.data() + text.size() && fd >= 0 ? fd : -1;
}

// The stream, out of the way and kept from every program; nothing else stays open.
int takeStream(int given)
{
    const int fd = fcntl(given, F_DUPFD_CLOEXEC, 10);
    if (fd < 0 || fcntl(fd, F_SETFL, O_NONBLOCK) != 0)
        return -1;
    close_range(3, unsigned(fd) - 1, 0);
    close_range(unsigned(fd) + 1, ~0U, 0);
    return fd;
}

void silence()
{
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 0; null >= 0 && fd < 3; ++fd)
        dup2(null, fd);
    if (null > 2)
        close(null);
}

// Nothing that someone in the sandbox sends may end the agent, except what the kernel lets nobody
// refuse.
void ignoreSignals()
{
    for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM,
                             SIGTSTP, SIGTTIN, SIGTTOU, SIGWINCH})
        std::signal(signal, SIG_IGN);
}

std::uint64_t raiseFileLimit()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    const std::uint64_t soft = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    return setrlimit(RLIMIT_NOFILE, &limit) == 0 ? soft : 0;
}

} // namespace

int main(int argc, char **argv)
{
    const int given = streamArgument(argc, argv);
    if (given < 0)
        return complain("usage: quarry-agent --fd N", wrongUsage);
    const int fd = takeStream(given);
    if (fd < 0)
        return complain(std::string("the stream: ") + strerror(errno), 1);
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    ignoreSignals();
    Loop loop;
    Reaper reaper(loop);
    Services services(loop, reaper);
    services.softFileLimit = raiseFileLimit();
    if (!reaper.start())
        return complain(std::string("signals: ") + strerror(errno), 1);
    silence();
    {
        Agent agent(services, fd, allHandlers(), [&loop] { loop.stop(); });
        if (agent.start({}))
            loop.run();
    }
    if (getpid() == 1)
        kill(-1, SIGKILL);
    return 0;
}
