// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/terminals/shellterminal.h"

#include "agent/client/agentclient.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <utility>

namespace quarry::sandbox {

using namespace std::chrono_literals;

namespace {

constexpr qint64 lagMax = 256 * 1024;
constexpr qint64 typedMax = 1 << 20;
constexpr std::chrono::seconds viewerPatience(3);
constexpr std::chrono::seconds hangUpPatience(1);
constexpr std::chrono::milliseconds lossPatience(5000);

// Prompts, commands and exit codes are marked for whoever shows the screen
// (https://gitlab.freedesktop.org/Per_Bothner/specifications/blob/master/proposals/semantic-prompts.md).
agent::SpawnSpec spawnSpec(const ShellSpec &spec)
{
    agent::SpawnSpec spawn;
    spawn.arguments = spec.argv;
    if (spawn.arguments.isEmpty())
        spawn.arguments = {"/bin/sh", "-c",
                           "if command -v bash >/dev/null 2>&1; then exec bash -l; fi; exec sh -l"};
    QMap<QString, QString> environment{
        {QStringLiteral("TERM"), QStringLiteral("xterm-256color")},
        {QStringLiteral("COLORTERM"), QStringLiteral("truecolor")},
        {QStringLiteral("PS0"), QStringLiteral("\x1b]133;C\x1b\\")},
        {QStringLiteral("PROMPT_COMMAND"),
         QStringLiteral(R"(printf '\033]133;D;%s\033\\\033]133;A\033\\' "$?")")},
    };
    for (auto it = spec.env.cbegin(); it != spec.env.cend(); ++it)
        environment.insert(it.key(), it.value());
    for (auto it = environment.cbegin(); it != environment.cend(); ++it)
        spawn.environment.append((it.key() + u'=' + it.value()).toUtf8());
    spawn.cwd = spec.cwd.toUtf8();
    spawn.input = true;
    spawn.terminal = true;
    spawn.rows = std::clamp(spec.rows, 1, terminalSizeMax);
    spawn.columns = std::clamp(spec.columns, 1, terminalSizeMax);
    return spawn;
}

QString reasonOf(const agent::ExitStatus &status)
{
    if (status.signal != 0)
        return QStringLiteral("The shell was killed by signal %1 (%2).")
            .arg(status.signal)
            .arg(QString::fromLocal8Bit(strsignal(status.signal)));
    return QStringLiteral("The shell ended with code %1.").arg(status.code);
}

} // namespace

ShellTerminal::ShellTerminal(agent::AgentClient &agent, const ShellSpec &spec)
    : Terminal(Kind::Shell, spec.name)
{
    const agent::SpawnSpec spawn = spawnSpec(spec);
    TerminalState first;
    first.rows = spawn.rows;
    first.columns = spawn.columns;
    setState(first);
    if (!spec.recordingFile.isEmpty())
        m_recording = std::make_unique<terminal::AsciicastWriter>(spec.recordingFile, spawn.columns,
                                                                  spawn.rows, spec.name);
    m_patience.setInterval(viewerPatience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        dropStalledViewers();
        pace();
    });
    using agent::AgentProcess;
    m_process = std::make_unique<AgentProcess>(&agent, spawn);
    connect(m_process.get(), &AgentProcess::output, this,
            [this](AgentProcess::Channel, const QByteArray &bytes) {
                if (m_recording)
                    m_recording->output(bytes);
                m_owed += bytes.size();
                addOutput(bytes);
                pace();
            });
    connect(m_process.get(), &AgentProcess::finished, this,
            [this](const agent::ExitStatus &status) { end(reasonOf(status), status.shellCode()); });
    connect(m_process.get(), &AgentProcess::failed, this,
            [this](const Error &error) { failed(error); });
}

// When the whole agent is gone, so is the sandbox, which knows why a moment later: abandon().
void ShellTerminal::failed(const Error &error)
{
    QTimer::singleShot(error.code == ErrorCode::ConnectionLost ? lossPatience : 0ms, this,
                       [this, reason = error.message] { abandon(reason); });
}

ShellTerminal::~ShellTerminal() = default;

Result<void> ShellTerminal::write(const QByteArray &typed)
{
    if (!m_process)
        return {ErrorCode::WrongState,
                QStringLiteral("Shell \"%1\" has ended: %2").arg(name(), state().endReason)};
    if (m_process->bytesQueued() + typed.size() > typedMax)
        return {ErrorCode::LimitExceeded,
                QStringLiteral("Shell \"%1\" does not read what is typed.").arg(name())};
    m_process->write(typed);
    return {};
}

void ShellTerminal::resize(int rows, int columns)
{
    TerminalState next = state();
    next.rows = std::clamp(rows, 1, terminalSizeMax);
    next.columns = std::clamp(columns, 1, terminalSizeMax);
    if (!m_process || (next.rows == state().rows && next.columns == state().columns))
        return;
    m_process->resize(next.columns, next.rows);
    if (m_recording)
        m_recording->resized(next.columns, next.rows);
    setState(next);
}

Result<void> ShellTerminal::close()
{
    if (m_process) {
        m_process->signal(SIGHUP);
        QTimer::singleShot(hangUpPatience, m_process.get(), &agent::AgentProcess::kill);
    }
    return {};
}

void ShellTerminal::abandon(const QString &reason)
{
    if (m_process)
        end(reason, {});
}

void ShellTerminal::viewersMoved()
{
    pace();
}

void ShellTerminal::pace()
{
    if (m_owed == 0 || !m_process)
        return;
    if (lag() < lagMax) {
        m_patience.stop();
        m_process->consume(std::exchange(m_owed, 0));
    } else if (!m_patience.isActive()) {
        dropStalledViewers(); // the first look: from now on it counts who reads
        m_patience.start();
    }
}

void ShellTerminal::end(const QString &reason, std::optional<int> code)
{
    m_patience.stop();
    if (const auto recording = std::exchange(m_recording, nullptr))
        recording->ended(reason);
    m_process->disconnect(this);
    m_process.release()->deleteLater(); // it may be calling us
    setEnded(reason, code);
}

} // namespace quarry::sandbox
