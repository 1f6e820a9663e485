// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "agent/inside/sessions/sessionshell.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

void closeFd(int &fd)
{
    if (fd >= 0)
        ::close(fd);
    fd = -1;
}

std::vector<char *> pointers(const std::vector<std::string> &texts)
{
    std::vector<char *> list;
    list.reserve(texts.size() + 1);
    for (const std::string &text : texts)
        list.push_back(const_cast<char *>(text.c_str()));
    list.push_back(nullptr);
    return list;
}

bool dropTo(const SessionUser &user)
{
    return ::setgroups(user.groups.size(), user.groups.data()) == 0
        && ::setresgid(user.gid, user.gid, user.gid) == 0
        && ::setresuid(user.uid, user.uid, user.uid) == 0;
}

// The memory killer shall take what runs here before it takes the agent.
void offerToMemoryKiller()
{
    const int fd = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (::write(fd, "500", 3) < 0) {
        // not allowed: the limits of the sandbox still hold
    }
    ::close(fd);
}

// In the child: everything between fork and exec. Answers errno.
int becomeProgram(const SessionProgram &program, char *const *argv, char *const *environment)
{
    sigset_t none;
    sigemptyset(&none);
    for (int signal = 1; signal < NSIG; ++signal)
        ::signal(signal, SIG_DFL);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::setsid();
    if (program.terminal >= 0 && ::ioctl(program.terminal, TIOCSCTTY, 0) != 0)
        return errno;
    if (::dup2(program.in, 0) < 0 || ::dup2(program.out, 1) < 0 || ::dup2(program.err, 2) < 0)
        return errno;
    ::syscall(SYS_close_range, 3u, ~0u, unsigned(CLOSE_RANGE_CLOEXEC));
    offerToMemoryKiller();
    if (program.user && program.user->switches && !dropTo(*program.user))
        return errno;
    if (::chdir(program.cwd.c_str()) != 0)
        return errno;
    ::umask(022);
    ::execve(program.path.c_str(), argv, environment);
    return errno;
}

std::string findBash()
{
    for (const char *path : {"/bin/bash", "/usr/bin/bash", "/usr/local/bin/bash"}) {
        if (::access(path, X_OK) == 0)
            return path;
    }
    return {};
}

void addDefault(std::vector<std::string> &environment, const std::string &name,
                const std::string &value)
{
    const std::string head = name + "=";
    for (const std::string &entry : environment) {
        if (entry.compare(0, head.size(), head) == 0)
            return;
    }
    environment.push_back(head + value);
}

bool isFolder(const std::string &path)
{
    struct stat info;
    return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

} // namespace

std::string sessionSecret(std::size_t length)
{
    static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string secret(length, '\0');
    std::size_t have = 0;
    while (have < length) {
        const ssize_t got = ::getrandom(secret.data() + have, length - have, 0);
        if (got > 0)
            have += static_cast<std::size_t>(got);
        else if (errno != EINTR)
            std::abort(); // without chance there are no marks that could be trusted
    }
    for (char &c : secret)
        c = alphabet[static_cast<unsigned char>(c) % 32];
    return secret;
}

pid_t startSessionProgram(const SessionProgram &program)
{
    int report[2];
    if (::pipe2(report, O_CLOEXEC) != 0)
        return -errno;
    const std::vector<char *> argv = pointers(program.argv);
    const std::vector<char *> environment = pointers(program.environment);
    const pid_t pid = ::fork();
    if (pid == 0) {
        const int problem = becomeProgram(program, argv.data(), environment.data());
        if (::write(report[1], &problem, sizeof problem) < 0)
            ::_exit(126);
        ::_exit(127);
    }
    const int forkProblem = errno;
    ::close(report[1]);
    int problem = 0;
    ssize_t size = 0;
    if (pid > 0) {
        while ((size = ::read(report[0], &problem, sizeof problem)) < 0 && errno == EINTR) {
        }
    }
    ::close(report[0]);
    if (pid < 0)
        return -forkProblem;
    if (size == sizeof problem) {
        ::waitpid(pid, nullptr, 0);
        return -problem;
    }
    return pid;
}

std::unique_ptr<SessionShell> SessionShell::start(const SessionUser &user, const std::string &cwd,
                                                  std::vector<std::string> environment,
                                                  unsigned rows, unsigned columns, Failure &failure)
{
    std::unique_ptr<SessionShell> shell(new SessionShell);
    shell->m_user = user;
    shell->m_bash = findBash();
    if (shell->m_bash.empty()) {
        failure = Failure::of(Failure::Kind::NotStarted, "The sandbox's image has no bash.");
        failure.errnoValue = ENOENT;
        failure.exitCode = 127;
        return nullptr;
    }
    addDefault(environment, "PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    addDefault(environment, "HOME", user.home);
    addDefault(environment, "USER", user.name);
    addDefault(environment, "LOGNAME", user.name);
    addDefault(environment, "SHELL", shell->m_bash);
    addDefault(environment, "TERM", "xterm-256color");
    addDefault(environment, "LANG", "C.UTF-8");
    shell->m_environment = std::move(environment);
    if (!shell->openTerminal(rows, columns)) {
        failure = Failure::system(errno, "cannot make a terminal for the session");
        return nullptr;
    }
    if (!shell->makeFolder() || !shell->openFifos()) {
        failure = Failure::system(errno, "cannot make the session's pipes");
        return nullptr;
    }

    SessionProgram program;
    program.path = shell->m_bash;
    program.argv = {"bash", "--noprofile", "--norc", "--noediting", "-O", "extglob", "-i"};
    program.environment = shell->m_environment;
    program.cwd = !cwd.empty() ? cwd : isFolder(user.home) ? user.home : "/";
    program.user = &shell->m_user;
    program.in = shell->m_shellInput;
    program.out = program.err = program.terminal = shell->m_slave;
    const pid_t pid = startSessionProgram(program);
    closeFd(shell->m_shellInput);
    if (pid < 0) {
        failure = Failure::system(-pid, "cannot start " + shell->m_bash + " in " + program.cwd);
        return nullptr;
    }
    shell->m_pid = pid;
    return shell;
}

SessionShell::~SessionShell()
{
    for (int *fd : {&m_master, &m_slave, &m_shellInput, &m_commands, &m_reports})
        closeFd(*fd);
    if (m_folder.empty())
        return;
    removeScript();
    ::unlink(m_commandPath.c_str());
    ::unlink(m_reportPath.c_str());
    ::rmdir(m_folder.c_str());
}

bool SessionShell::openTerminal(unsigned rows, unsigned columns)
{
    m_master = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
    int locked = 0;
    if (m_master < 0 || ::ioctl(m_master, TIOCSPTLCK, &locked) != 0)
        return false;
    m_slave = ::ioctl(m_master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (m_slave < 0 || ::tcgetattr(m_slave, &m_settings) != 0)
        return false;
    // Bash's input does not come from here, so there is nothing to echo; a program that reads a
    // line from the terminal is fed by us, who know what we sent.
    m_settings.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    m_settings.c_iflag |= IUTF8;
    // The kernel translates newlines at the price of two small writes for each line; we do it as
    // well (translatesNewlines()).
    m_settings.c_oflag &= ~static_cast<tcflag_t>(ONLCR);
    if (::tcsetattr(m_slave, TCSANOW, &m_settings) != 0)
        return false;
    if (m_user.switches && ::fchown(m_slave, m_user.uid, static_cast<gid_t>(-1)) != 0)
        return false;
    resize(rows, columns);
    return true;
}

bool SessionShell::makeFolder()
{
    // /dev/shm is not part of the sandbox's layer, so neither a commit nor a restart finds
    // leftovers.
    for (const char *parent : {"/dev/shm", "/run", "/tmp"}) {
        std::string path = std::string(parent) + "/.session-" + sessionSecret(16);
        if (::mkdir(path.c_str(), 0700) != 0)
            continue;
        m_folder = std::move(path);
        // Whoever runs in the session after su must reach the report; its name cannot be listed.
        return ::chmod(m_folder.c_str(), 0711) == 0;
    }
    return false;
}

bool SessionShell::openFifos()
{
    m_commandPath = m_folder + "/" + sessionSecret(16);
    m_reportPath = m_folder + "/" + sessionSecret(16);
    if (::mkfifo(m_commandPath.c_str(), 0600) != 0 || ::mkfifo(m_reportPath.c_str(), 0622) != 0)
        return false;
    if (::chmod(m_reportPath.c_str(), 0622) != 0) // whatever our umask is
        return false;
    if (m_user.switches && ::chown(m_commandPath.c_str(), m_user.uid, m_user.gid) != 0)
        return false;
    m_shellInput = ::open(m_commandPath.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    m_commands = ::open(m_commandPath.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    m_reports = ::open(m_reportPath.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (m_shellInput < 0 || m_commands < 0 || m_reports < 0)
        return false;
    return ::fcntl(m_shellInput, F_SETFL, 0) == 0; // bash waits in read()
}

void SessionShell::resetTerminal()
{
    ::tcsetattr(m_slave, TCSANOW, &m_settings);
    ::tcflow(m_slave, TCOON);
    ::tcflush(m_slave, TCIFLUSH);
}

void SessionShell::resize(unsigned rows, unsigned columns)
{
    winsize size = {};
    size.ws_row = static_cast<unsigned short>(rows);
    size.ws_col = static_cast<unsigned short>(columns);
    ::ioctl(m_master, TIOCSWINSZ, &size);
}

bool SessionShell::translatesNewlines() const
{
    termios now;
    return ::tcgetattr(m_slave, &now) == 0 && (now.c_oflag & OPOST) && !(now.c_oflag & ONLCR);
}

pid_t SessionShell::foreground() const
{
    pid_t group = 0;
    return ::ioctl(m_master, TIOCGPGRP, &group) == 0 && group > 1 ? group : 0;
}

std::size_t SessionShell::unreadCommands() const
{
    int size = 0;
    return m_commands >= 0 && ::ioctl(m_commands, FIONREAD, &size) == 0 && size > 0
        ? static_cast<std::size_t>(size)
        : 0;
}

std::string SessionShell::writeScript(std::string_view text)
{
    removeScript();
    m_scriptPath = m_folder + "/" + sessionSecret(16);
    int fd = ::open(m_scriptPath.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = fd >= 0 && (!m_user.switches || ::fchown(fd, m_user.uid, m_user.gid) == 0);
    while (good && !text.empty()) {
        const ssize_t size = ::write(fd, text.data(), text.size());
        good = size > 0 || (size < 0 && errno == EINTR);
        text.remove_prefix(size > 0 ? static_cast<std::size_t>(size) : 0);
    }
    closeFd(fd);
    if (!good)
        removeScript();
    return m_scriptPath;
}

void SessionShell::removeScript()
{
    if (!m_scriptPath.empty())
        ::unlink(m_scriptPath.c_str());
    m_scriptPath.clear();
}

void SessionShell::closeCommands()
{
    closeFd(m_commands); // with no reader left the kernel forgets what was not read
}

std::string SessionShell::takeoverLine() const
{
    return " exec " + m_bash + " --noprofile --norc --noediting -O extglob -i <" + m_commandPath
        + "\r";
}

bool SessionShell::reopenCommands()
{
    closeFd(m_commands);
    m_commands = ::open(m_commandPath.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    return m_commands >= 0;
}

} // namespace quarry::agent
