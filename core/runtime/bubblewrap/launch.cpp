// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/bubblewrap/launch.h"

#include <QFile>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace quarry::runtime {

namespace {

constexpr int firstOther = 7; // the launcher's descriptors are 0 to 6
constexpr int aside = 16;     // where sources wait, clear of the targets
constexpr unsigned pidfdType = 3; // P_PIDFD, which older headers do not name

struct PipeEnds {
    UniqueFd read;
    UniqueFd write;
};

PipeEnds makePipe()
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC))
        return {};
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return {UniqueFd(ends[0]), UniqueFd(ends[1])};
}

// posix_spawn's attributes and actions, freed whatever happens.
class SpawnPlan
{
public:
    SpawnPlan()
    {
        posix_spawn_file_actions_init(&m_actions);
        posix_spawnattr_init(&m_attributes);
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&m_attributes, &none);
        posix_spawnattr_setsigdefault(&m_attributes, &all);
        posix_spawnattr_setflags(
            &m_attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
    }
    ~SpawnPlan()
    {
        posix_spawn_file_actions_destroy(&m_actions);
        posix_spawnattr_destroy(&m_attributes);
    }
    SpawnPlan(const SpawnPlan &) = delete;
    SpawnPlan &operator=(const SpawnPlan &) = delete;

    // SOURCE becomes TARGET; moved aside first, since it may lie where another one goes.
    bool give(UniqueFd &source, int target)
    {
        if (!source) {
            if (target > STDERR_FILENO)
                return true;
            posix_spawn_file_actions_addopen(&m_actions, target, "/dev/null", O_RDWR, 0);
            return true;
        }
        UniqueFd moved(fcntl(source.get(), F_DUPFD_CLOEXEC, aside));
        if (!moved)
            return false;
        source = std::move(moved);
        return posix_spawn_file_actions_adddup2(&m_actions, source.get(), target) == 0;
    }
    int start(const QByteArray &program, pid_t &pid)
    {
        posix_spawn_file_actions_addclosefrom_np(&m_actions, firstOther);
        QByteArray name("quarry-launcher");
        QByteArray path("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
        char *argv[] = {name.data(), nullptr};
        char *environment[] = {path.data(), nullptr};
        return posix_spawn(&pid, program.constData(), &m_actions, &m_attributes, argv, environment);
    }

private:
    posix_spawn_file_actions_t m_actions;
    posix_spawnattr_t m_attributes;
};

Error noDescriptors()
{
    return systemError(QStringLiteral("No descriptor is left to start a sandbox"), errno);
}

} // namespace

void LaunchSpec::add(const char *key, const QByteArray &value)
{
    m_broken = m_broken || value.contains('\0');
    m_bytes.append(key).append('\0').append(value).append('\0');
}

void LaunchSpec::addRange(const char *key, quint32 first, quint32 count)
{
    add(key, QByteArray::number(first) + ':' + QByteArray::number(count));
}

UniqueFd memoryFile(const QByteArray &bytes)
{
    UniqueFd file(memfd_create("quarry", MFD_CLOEXEC));
    if (!file || pwrite(file.get(), bytes.constData(), size_t(bytes.size()), 0) != bytes.size())
        return {};
    return file;
}

Result<Launched> launch(const QByteArray &program, const QByteArray &spec, LaunchFiles files)
{
    PipeEnds status = makePipe();
    PipeEnds errors = makePipe();
    UniqueFd told = memoryFile(spec);
    if (!status.read || !errors.read || !told)
        return noDescriptors();
    SpawnPlan plan;
    const bool given = plan.give(files.standardInput, STDIN_FILENO)
        && plan.give(files.standardOutput, STDOUT_FILENO) && plan.give(errors.write, STDERR_FILENO)
        && plan.give(told, 3) && plan.give(status.write, 4) && plan.give(files.five, 5)
        && plan.give(files.six, 6);
    if (!given)
        return noDescriptors();
    Launched launched;
    const int error = plan.start(program, launched.pid);
    if (error != 0)
        return systemError(QStringLiteral("Cannot start %1").arg(QFile::decodeName(program)),
                           error);
    launched.pidFd.reset(int(syscall(SYS_pidfd_open, launched.pid, 0)));
    if (!launched.pidFd) {
        const Error failure = noDescriptors();
        kill(launched.pid, SIGKILL);
        waitpid(launched.pid, nullptr, 0);
        return failure;
    }
    launched.status = std::move(status.read);
    launched.errors = std::move(errors.read);
    return launched;
}

int reap(int pidFd)
{
    siginfo_t info{};
    int result;
    while ((result = waitid(idtype_t(pidfdType), id_t(pidFd), &info, WEXITED | WNOHANG)) < 0
           && errno == EINTR) {
    }
    if (result < 0 || info.si_pid == 0)
        return -1;
    return info.si_code == CLD_EXITED ? (info.si_status & 0xff) << 8 : info.si_status & 0x7f;
}

QString describeEnd(int waitStatus)
{
    if (waitStatus < 0)
        return QStringLiteral("ended in an unknown way");
    if (WIFSIGNALED(waitStatus))
        return QStringLiteral("was killed by signal %1").arg(WTERMSIG(waitStatus));
    return QStringLiteral("ended with code %1").arg(WEXITSTATUS(waitStatus));
}

} // namespace quarry::runtime
