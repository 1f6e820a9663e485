// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessionbench.h"

#include "base/ids.h"

#include <QEventLoop>
#include <QFile>
#include <QTest>
#include <QTimer>

#include <fcntl.h>
#include <optional>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace quarry::test {

namespace {

constexpr int PatienceMs = 60000;

// Waits until ANSWER holds something.
template <typename T>
Result<T> await(const std::optional<Result<T>> &answer, QEventLoop &loop)
{
    if (!answer) {
        QTimer::singleShot(PatienceMs, &loop, &QEventLoop::quit);
        loop.exec();
    }
    if (!answer)
        return {ErrorCode::Internal, QStringLiteral("no answer at all")};
    return *answer;
}

} // namespace

AgentBench::AgentBench()
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return;
    const QByteArray program = QByteArray(QUARRY_BIN_DIR) + "/quarry-agent";
    const QByteArray number = QByteArray::number(ends[1]);
    m_pid = ::fork();
    if (m_pid == 0) {
        ::fcntl(ends[1], F_SETFD, 0);
        ::execl(program.constData(), "quarry-agent", "--fd", number.constData(), nullptr);
        ::_exit(127);
    }
    ::close(ends[1]);
    m_client = std::make_unique<agent::AgentClient>(UniqueFd(ends[0]));
    agent::AgentConfig config;
    config.environment
        = {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=" + m_folder.path().toUtf8(), "LANG=C.UTF-8"};
    config.cwd = m_folder.path().toUtf8();
    QEventLoop loop;
    std::optional<Result<void>> answer;
    m_client->start(config, [&](Result<void> result) {
        answer = std::move(result);
        loop.quit();
    });
    const Result<void> result = await(answer, loop);
    if (!result)
        qWarning() << "the agent did not start:" << result.error().message;
}

AgentBench::~AgentBench()
{
    m_client.reset();
    if (m_pid > 0)
        ::waitpid(m_pid, nullptr, 0);
}

QByteArray AgentBench::file(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void AgentBench::write(const QString &name, const QByteArray &bytes) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write a file of the test");
}

SessionBench::SessionBench(AgentBench &bench, sandbox::SessionSpec spec)
{
    if (spec.cwd.isEmpty())
        spec.cwd = bench.path(QStringLiteral("."));
    m_session = std::make_unique<sandbox::BashSession>(bench.client(), std::move(spec));
    QEventLoop loop;
    std::optional<Result<QByteArray>> answer;
    m_session->start([&](Result<QByteArray> result) {
        answer = std::move(result);
        loop.quit();
    });
    m_started = await(answer, loop);
}

SessionBench::~SessionBench()
{
    close();
}

Result<sandbox::RunResult> SessionBench::run(const QByteArray &command, double timeoutSeconds)
{
    sandbox::RunSpec spec;
    spec.command = command;
    spec.timeoutSeconds = timeoutSeconds;
    return run(spec);
}

Result<sandbox::RunResult> SessionBench::run(const sandbox::RunSpec &spec)
{
    QEventLoop loop;
    std::optional<Result<sandbox::RunResult>> answer;
    m_session->run(spec, [&](Result<sandbox::RunResult> result) {
        answer = std::move(result);
        loop.quit();
    });
    return await(answer, loop);
}

void SessionBench::prepare(const QByteArray &command, double timeoutSeconds)
{
    const auto result = run(command, timeoutSeconds);
    if (!result)
        qWarning() << command.left(60) << "failed:" << result.error().message;
}

bool SessionBench::close()
{
    QEventLoop loop;
    std::optional<Result<void>> answer;
    m_session->close([&](Result<void> result) {
        answer = std::move(result);
        loop.quit();
    });
    return await(answer, loop).ok();
}

QString SessionBench::usable()
{
    const QByteArray token = "alive" + randomHex(8).toLatin1();
    const auto result = run("echo " + token, 10);
    if (!result)
        return result.error().message;
    if (!result->failureReason.isEmpty())
        return result->failureReason;
    if (result->output.join() != token || result->exitCode != 0)
        return QStringLiteral("it answers %1 with code %2")
            .arg(QString::fromUtf8(result->output.join()))
            .arg(result->exitCode);
    return {};
}

} // namespace quarry::test
