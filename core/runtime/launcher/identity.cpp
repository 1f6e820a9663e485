// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "identity.h"

#include "report.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <grp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace quarry::launcher {

namespace {

constexpr uint32_t idsMax = 65536;

void writeProc(pid_t pid, const char *file, const std::string &text)
{
    const std::string path = "/proc/" + std::to_string(pid) + "/" + file;
    const int fd = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (fd < 0 || write(fd, text.data(), text.size()) != ssize_t(text.size()))
        failErrno("cannot write " + path);
    close(fd);
}

std::string line(uint32_t inside, uint32_t outside, uint32_t count)
{
    return std::to_string(inside) + " " + std::to_string(outside) + " " + std::to_string(count)
        + "\n";
}

struct Pipe {
    int read = -1;
    int write = -1;
    Pipe()
    {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC))
            failErrno("no pipe");
        read = ends[0];
        write = ends[1];
    }
    ~Pipe()
    {
        close(read);
        close(write);
    }
    void closeWrite() { close(std::exchange(write, -1)); }
    // False at the end of the pipe.
    bool await() const
    {
        char byte;
        ssize_t n;
        while ((n = ::read(read, &byte, 1)) < 0 && errno == EINTR) {
        }
        return n == 1;
    }
    void tell() const { static_cast<void>(!::write(write, "x", 1)); }
};

bool succeeded(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

pid_t child(const std::function<int()> &work)
{
    const pid_t pid = fork();
    if (pid < 0)
        failErrno("cannot fork");
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        _exit(work());
    }
    return pid;
}

int run(const std::vector<std::string> &argv)
{
    std::vector<char *> pointers;
    for (const std::string &argument : argv)
        pointers.push_back(const_cast<char *>(argument.c_str()));
    pointers.push_back(nullptr);
    execvp(pointers[0], pointers.data());
    return 127;
}

// What newuidmap is told: the caller's own id as 0, then the range.
std::vector<std::string> mapCommand(const char *program, pid_t pid, uint32_t own,
                                    const Range &range)
{
    const uint32_t count = std::min(range.count, idsMax - 1);
    return {program,
            std::to_string(pid),
            "0",
            std::to_string(own),
            "1",
            "1",
            std::to_string(range.first),
            std::to_string(count)};
}

void becomeRootInside()
{
    if (setresgid(0, 0, 0) || setresuid(0, 0, 0))
        failErrno("cannot become root of the user namespace");
    // A change of identity hides /proc/PID from the helpers that share it.
    prctl(PR_SET_DUMPABLE, 1);
}

} // namespace

int makeUserNamespace(const Range &uids)
{
    Pipe ready;
    Pipe done;
    const pid_t holder = child([&] {
        done.closeWrite();
        if (unshare(CLONE_NEWUSER))
            return errno;
        ready.tell();
        done.await();
        return 0;
    });
    ready.closeWrite();
    if (!ready.await())
        fail("unsupported", "this machine makes no user namespaces (user.max_user_namespaces)");
    writeProc(holder, "uid_map", line(0, uids.first, uids.count));
    writeProc(holder, "gid_map", line(0, uids.first, uids.count));
    const std::string path = "/proc/" + std::to_string(holder) + "/ns/user";
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        failErrno("cannot open " + path);
    done.tell();
    succeeded(holder);
    return fd;
}

void enterUserNamespace(int fd)
{
    if (setns(fd, CLONE_NEWUSER))
        failErrno("cannot enter the user namespace");
    close(fd);
    if (setgroups(0, nullptr))
        failErrno("cannot drop the groups");
    becomeRootInside();
}

void makeOwnNamespace(const Spec &spec)
{
    const pid_t self = getpid();
    const uint32_t uid = getuid();
    const uint32_t gid = getgid();
    const bool ranges = spec.subUids.count > 0 && spec.subGids.count > 0;
    Pipe made;
    pid_t mapper = -1;
    if (ranges) {
        mapper = child([&] {
            made.closeWrite();
            if (!made.await())
                return 1;
            const pid_t uids
                = child([&] { return run(mapCommand("newuidmap", self, uid, spec.subUids)); });
            return succeeded(uids) ? run(mapCommand("newgidmap", self, gid, spec.subGids)) : 1;
        });
    }
    if (unshare(CLONE_NEWUSER))
        fail("unsupported",
             "this machine lets no ordinary user make a user namespace; quarry doctor says what "
             "helps");
    if (ranges) {
        made.tell();
        if (!succeeded(mapper))
            fail("unsupported", "newuidmap and newgidmap refuse the range of /etc/subuid");
        if (setgroups(0, nullptr))
            failErrno("cannot drop the groups");
    } else {
        writeProc(self, "setgroups", "deny");
        writeProc(self, "uid_map", line(0, uid, 1));
        writeProc(self, "gid_map", line(0, gid, 1));
    }
    becomeRootInside();
}

void shiftIdentity(const Spec &spec)
{
    const pid_t self = getpid();
    const uint32_t uids = std::min(spec.subUids.count, idsMax - 1);
    const uint32_t gids = std::min(spec.subGids.count, idsMax - 1);
    Pipe made;
    const pid_t mapper = child([&] {
        made.closeWrite();
        if (!made.await())
            return 1;
        writeProc(self, "uid_map", line(0, 1, uids));
        writeProc(self, "gid_map", line(0, 1, gids));
        return 0;
    });
    if (unshare(CLONE_NEWUSER))
        failErrno("cannot make the inner user namespace");
    made.tell();
    if (!succeeded(mapper))
        fail("io", "the inner user namespace could not be mapped");
    becomeRootInside();
}

} // namespace quarry::launcher
