// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "realagent.h"

#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace quarry::agent {

namespace {

constexpr int patienceMs = 60'000;

[[noreturn]] void becomeAgent(int fd)
{
    fcntl(fd, F_SETFD, 0);
    const std::string number = std::to_string(fd);
    std::vector<const char *> arguments{"unshare", "--fork", "--pid", "--mount-proc",
                                        "--kill-child"};
    if (geteuid() != 0)
        arguments.insert(arguments.end(), {"--user", "--map-root-user"});
    arguments.insert(arguments.end(),
                     {"--", QUARRY_BIN_DIR "/quarry-agent", "--fd", number.c_str(), nullptr});
    execvp(arguments[0], const_cast<char *const *>(arguments.data()));
    _exit(127);
}

} // namespace

RealAgent::RealAgent()
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        qFatal("socketpair failed");
    m_pid = fork();
    if (m_pid == 0)
        becomeAgent(ends[1]);
    close(ends[1]);
    m_client = std::make_unique<AgentClient>(UniqueFd(ends[0]));
}

RealAgent::~RealAgent()
{
    hangUp();
    if (m_pid > 0 && !waitForEnd()) {
        kill(m_pid, SIGKILL);
        waitpid(m_pid, nullptr, 0);
    }
}

bool RealAgent::start(const QByteArray &cwd)
{
    AgentConfig config;
    config.cwd = cwd;
    std::optional<Result<void>> ready;
    m_client->start(config, [&ready](Result<void> result) { ready = result; });
    return waitUntil([&ready] { return ready.has_value(); }) && ready->ok();
}

bool RealAgent::waitForEnd()
{
    return waitUntil([this] {
        if (m_pid > 0 && waitpid(m_pid, nullptr, WNOHANG) == m_pid)
            m_pid = -1;
        return m_pid <= 0;
    });
}

std::unique_ptr<Run> follow(AgentProcess *process)
{
    auto result = std::make_unique<Run>();
    Run *run = result.get();
    QObject::connect(process, &AgentProcess::started, process,
                     [run](qint64 pid) { run->pid = pid; });
    QObject::connect(process, &AgentProcess::output, process,
                     [run, process](AgentProcess::Channel channel, const QByteArray &data) {
                         (channel == AgentProcess::Channel::Error ? run->errors : run->output)
                             += data;
                         process->consume(data.size());
                     });
    QObject::connect(process, &AgentProcess::finished, process,
                     [run](const ExitStatus &status) { run->status = status; });
    QObject::connect(process, &AgentProcess::failed, process,
                     [run](const Error &error) { run->error = error; });
    return result;
}

Run run(AgentClient &client, const QList<QByteArray> &arguments, SpawnSpec spec)
{
    spec.arguments = arguments;
    AgentProcess *process = client.spawn(spec);
    const std::unique_ptr<Run> result = follow(process);
    waitUntil([&result] { return result->over(); });
    delete process;
    return *result;
}

Run shell(AgentClient &client, const QByteArray &line, SpawnSpec spec)
{
    return run(client, {"/bin/sh", "-c", line}, std::move(spec));
}

bool waitUntil(const std::function<bool()> &done)
{
    return QTest::qWaitFor(done, patienceMs);
}

} // namespace quarry::agent
