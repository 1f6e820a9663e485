// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/processes/program.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <grp.h>
#include <string_view>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

constexpr std::string_view defaultPath
    = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

std::vector<char *> pointers(const std::vector<std::string> &strings)
{
    std::vector<char *> result;
    for (const std::string &string : strings)
        result.push_back(const_cast<char *>(string.c_str()));
    result.push_back(nullptr);
    return result;
}

std::vector<std::string> candidatesFor(const std::string &name,
                                       const std::vector<std::string> &environment)
{
    if (name.find('/') != std::string::npos)
        return {name};
    std::string_view path = defaultPath;
    for (const std::string &variable : environment) {
        if (variable.starts_with("PATH="))
            path = std::string_view(variable).substr(5);
    }
    std::vector<std::string> result;
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find(':', begin), path.size());
        const std::string_view folder = path.substr(begin, end - begin);
        result.push_back(folder.empty() ? "./" + name : std::string(folder) + '/' + name);
        begin = end + 1;
    }
    return result;
}

void resetSignals()
{
    struct sigaction action{};
    action.sa_handler = SIG_DFL;
    for (int signal = 1; signal < NSIG; ++signal)
        sigaction(signal, &action, nullptr);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
}

void restoreFileLimit(std::uint64_t soft)
{
    rlimit limit{};
    if (soft == 0 || getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = soft;
    setrlimit(RLIMIT_NOFILE, &limit);
}

// So that the kernel, short of memory, takes what runs in the sandbox before the agent.
void offerToOomKiller()
{
    const int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    const ssize_t ignored = write(fd, "500", 3);
    static_cast<void>(ignored);
    close(fd);
}

} // namespace

Program::Program(const ChildSpec &spec, std::uint64_t softFileLimit)
    : m_spec(spec), m_softFileLimit(softFileLimit),
      m_candidates(candidatesFor(spec.argv.front(), spec.environment)),
      m_arguments(pointers(spec.argv)), m_environment(pointers(spec.environment))
{
}

StartFailure Program::become() const
{
    const StartFailure failure = prepare();
    return failure.errnoValue != 0 ? failure : execute();
}

StartFailure Program::prepare() const
{
    using Stage = StartFailure::Stage;
    setsid();
    resetSignals();
    offerToOomKiller();
    restoreFileLimit(m_softFileLimit);
    if (m_spec.terminal && ioctl(STDIN_FILENO, TIOCSCTTY, 0) != 0)
        return {Stage::Terminal, errno};
    for (const ResourceLimit &limit : m_spec.limits) {
        const rlimit value{limit.soft, limit.hard};
        if (setrlimit(static_cast<__rlimit_resource>(limit.resource), &value) != 0)
            return {Stage::Limits, errno};
    }
    if (m_spec.gid) {
        const gid_t gid = *m_spec.gid;
        if (setgroups(1, &gid) != 0 || setresgid(gid, gid, gid) != 0)
            return {Stage::User, errno};
    }
    if (m_spec.uid && setresuid(*m_spec.uid, *m_spec.uid, *m_spec.uid) != 0)
        return {Stage::User, errno};
    if (chdir(m_spec.cwd.c_str()) != 0)
        return {Stage::Cwd, errno};
    return {};
}

StartFailure Program::execute() const
{
    using Stage = StartFailure::Stage;
    int denied = 0;
    for (const std::string &candidate : m_candidates) {
        execve(candidate.c_str(), m_arguments.data(), m_environment.data());
        if (errno == ENOENT && access(candidate.c_str(), F_OK) == 0)
            return {Stage::Interpreter, ENOENT};
        if (errno == EACCES)
            denied = EACCES; // a later folder may have one that can be run
        else if (errno != ENOENT && errno != ENOTDIR)
            return {Stage::Program, errno};
    }
    return {Stage::Program, denied != 0 ? denied : ENOENT};
}

} // namespace quarry::agent
