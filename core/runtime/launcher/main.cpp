// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry-launcher: prepares what a sandbox stands on, and becomes bwrap; or prepares the uid
// mapping for a worker, and becomes it. Started by the engine with everything in descriptors (see
// spec.h); static, since dozens start at once.
#include "groups.h"
#include "identity.h"
#include "network.h"
#include "report.h"
#include "stage.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <linux/keyctl.h>
#include <memory>
#include <sched.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace quarry::launcher {

namespace {

// Die with the engine. A change of identity forgets it, so it is said again after each.
void dieWith(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
}

void limit(int resource, uint64_t value)
{
    const rlimit both{value, value};
    setrlimit(__rlimit_resource_t(resource), &both);
}

// A keyring of its own: the caller's session keys are nobody's business inside.
void freshKeyring()
{
    syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, nullptr);
}

constexpr int programFd = 16; // or above

int openProgram(const std::string &path)
{
    const int fd = open(path.c_str(), O_PATH | O_CLOEXEC);
    // Clear of the numbers that descriptors are passed on by.
    const int high = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, programFd);
    if (high < 0)
        failErrno("cannot start " + path);
    close(fd);
    return high;
}

[[noreturn]] void become(int program, std::vector<std::string> argv,
                         const std::vector<std::string> &environment)
{
    std::vector<char *> arguments;
    for (std::string &argument : argv)
        arguments.push_back(argument.data());
    arguments.push_back(nullptr);
    std::vector<char *> variables;
    for (const std::string &variable : environment)
        variables.push_back(const_cast<char *>(variable.c_str()));
    variables.push_back(nullptr);
    syscall(SYS_execveat, program, "", arguments.data(), variables.data(), AT_EMPTY_PATH);
    failErrno("cannot start " + argv.front());
}

// What Docker leaves to root in a container.
constexpr const char *keptCapabilities[]
    = {"CAP_CHOWN",  "CAP_DAC_OVERRIDE", "CAP_FOWNER",  "CAP_FSETID",           "CAP_KILL",
       "CAP_SETGID", "CAP_SETUID",       "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_NET_RAW",
       "CAP_MKNOD",  "CAP_AUDIT_WRITE",  "CAP_SETFCAP", "CAP_SYS_CHROOT"};

// What of /proc tells about the host: an ordinary user's keys above all, whose owner the sandbox's
// root is.
constexpr const char *hiddenFiles[]
    = {"/proc/keys", "/proc/kcore", "/proc/timer_list", "/proc/sched_debug", "/proc/latency_stats"};

std::vector<std::string> bubblewrapOptions(const Spec &spec, const Stage &stage)
{
    std::vector<std::string> argv = {"--unshare-pid",
                                     "--unshare-ipc",
                                     "--unshare-uts",
                                     "--unshare-cgroup-try",
                                     "--die-with-parent",
                                     "--new-session",
                                     "--as-pid-1",
                                     "--hostname",
                                     spec.hostname,
                                     "--chdir",
                                     "/"};
    if (spec.network == Network::None)
        argv.push_back("--unshare-net");
    argv.insert(argv.end(), {"--bind", stage.root(), "/", "--proc", "/proc", "--dev", "/dev"});
    // /dev is in memory: only /dev/shm takes data, and little of it.
    argv.insert(argv.end(),
                {"--ro-bind", stage.agent(), "/dev/quarry-agent", "--perms", "1777", "--size",
                 "67108864", "--tmpfs", "/dev/shm", "--remount-ro", "/dev"});
    for (const char *file : hiddenFiles) {
        if (access(file, F_OK) == 0)
            argv.insert(argv.end(), {"--ro-bind", "/dev/null", file});
    }
    argv.insert(argv.end(), {"--cap-drop", "ALL"});
    for (const char *capability : keptCapabilities)
        argv.insert(argv.end(), {"--cap-add", capability});
    argv.insert(argv.end(),
                {"--seccomp", std::to_string(seccompFd), "--info-fd", std::to_string(statusFd)});
    argv.push_back("--clearenv");
    for (const std::string &variable : spec.environment) {
        const size_t equals = variable.find('=');
        argv.insert(argv.end(),
                    {"--setenv", variable.substr(0, equals), variable.substr(equals + 1)});
    }
    return argv;
}

// bwrap's options go through a file: a command line is there for everybody to read, and the
// variables of a sandbox are not. The name it shows instead is the mark that a sweep looks for.
std::vector<std::string> bubblewrapCommand(const Spec &spec, const Stage &stage)
{
    const int options = memfd_create("options", 0);
    if (options < 0)
        failErrno("no memory file");
    for (const std::string &option : bubblewrapOptions(spec, stage)) {
        if (write(options, option.c_str(), option.size() + 1) != ssize_t(option.size() + 1))
            failErrno("cannot write bwrap's options");
    }
    if (lseek(options, 0, SEEK_SET) != 0)
        failErrno("cannot rewind bwrap's options");
    return {spec.mark,           "--args", std::to_string(options), "--",
            "/dev/quarry-agent", "--fd",   std::to_string(agentFd)};
}

// Everything up to the mounts on the stage, as root of the instance's user namespace.
void enterNamespaces(const Spec &spec, pid_t parent, bool ownTun, std::unique_ptr<Stage> &stage)
{
    if (spec.uids.count > 0) {
        const int userns = makeUserNamespace(spec.uids);
        stage = std::make_unique<Stage>(spec, userns);
        stage->build(ownTun);
        enterUserNamespace(userns);
        if (unshare(CLONE_NEWNS))
            failErrno("cannot make the sandbox's mount namespace");
    } else {
        makeOwnNamespace(spec);
        stage = std::make_unique<Stage>(spec, -1);
        stage->build(false);
    }
    dieWith(parent);
    freshKeyring();
}

[[noreturn]] void startSandbox(const Spec &spec, pid_t parent)
{
    phase("limits");
    joinGroups(spec);
    const int program = openProgram(spec.program);
    phase("layer");
    std::unique_ptr<Stage> stage;
    enterNamespaces(spec, parent, spec.network == Network::User, stage);
    stage->mountRoot();
    if (spec.network == Network::User) {
        phase("network");
        makeUserNetwork(spec, stage->networkHandle());
    }
    const bool shifted = spec.uids.count == 0 && spec.network == Network::Host;
    if (shifted) {
        if (spec.subUids.count == 0)
            fail("unsupported", "network host needs a range of uids in /etc/subuid and newuidmap");
        stage->giveToShifted();
        shiftIdentity(spec);
        dieWith(parent);
    }
    limit(RLIMIT_CORE, 0);
    if (spec.processMax > 0)
        limit(RLIMIT_NPROC, spec.processMax);
    phase("agent");
    become(program, bubblewrapCommand(spec, *stage), {"PATH=/usr/bin:/bin"});
}

// "{N}/…" becomes the path of the N-th place.
std::string placed(const std::string &argument, const Spec &spec, const Stage &stage)
{
    std::string result = argument;
    for (size_t i = 0; i < spec.places.size(); ++i) {
        const std::string mark = "{" + std::to_string(i) + "}";
        if (result.compare(0, mark.size(), mark) == 0)
            return stage.place(i) + result.substr(mark.size());
    }
    return result;
}

[[noreturn]] void startWorker(const Spec &spec, pid_t parent)
{
    const int program = openProgram(spec.program);
    std::unique_ptr<Stage> stage;
    enterNamespaces(spec, parent, false, stage);
    // A parser of hostile bytes needs no network.
    if (unshare(CLONE_NEWNET | CLONE_NEWIPC))
        failErrno("cannot take the network away from the worker");
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    limit(RLIMIT_CORE, 0);
    if (spec.memoryMax > 0)
        limit(RLIMIT_AS, spec.memoryMax);
    std::vector<std::string> argv = {"quarry", "worker"};
    for (const std::string &argument : spec.arguments)
        argv.push_back(placed(argument, spec, *stage));
    if (chdir("/"))
        failErrno("cannot enter /");
    umask(022);
    // The worker finds its output file, when it has one, at descriptor 3.
    if (dup2(agentFd, specFd) < 0 && errno != EBADF)
        failErrno("cannot pass the output file on");
    close(agentFd);
    fcntl(statusFd, F_SETFD, FD_CLOEXEC);
    become(program, argv, spec.environment);
}

} // namespace

} // namespace quarry::launcher

int main()
{
    using namespace quarry::launcher;
    const pid_t parent = getppid();
    dieWith(parent);
    umask(022);
    const Spec spec = readSpec();
    if (spec.worker)
        startWorker(spec, parent);
    startSandbox(spec, parent);
}
