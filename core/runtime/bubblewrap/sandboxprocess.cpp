// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/bubblewrap/sandboxprocess.h"

#include "runtime/images/worker.h"
#include "runtime/kernelfiles.h"

#include <QTimer>

#include <cerrno>
#include <csignal>
#include <sys/wait.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <utility>

namespace quarry::runtime {

namespace {

constexpr int reapMilliseconds
    = 2000; // how long bwrap may take to tell of its child, and to notice its death
constexpr qsizetype textMax = 16384; // of the launcher's lines, and of what bwrap complains

// Appends what is there, up to textMax in all; the rest is read and dropped. False at the end.
bool readSome(int fd, QByteArray &text)
{
    char buffer[4096];
    for (;;) {
        const ssize_t n = read(fd, buffer, sizeof buffer);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return errno == EAGAIN;
        if (n == 0)
            return false;
        text.append(buffer, std::min<qsizetype>(n, textMax - text.size()));
    }
}

// The number behind "child-pid" in what bwrap writes to its --info-fd; 0 while it is not complete.
qint64 childPid(const QByteArray &text)
{
    static const QByteArray key("\"child-pid\":");
    const qsizetype at = text.indexOf(key);
    const qsizetype end = at < 0 ? -1 : text.indexOf(',', at);
    return end < 0 ? 0 : text.mid(at + key.size(), end - at - key.size()).trimmed().toLongLong();
}

bool isOurs(qint64 pid, qint64 parent)
{
    const QByteArray stat = readKernelFile(QStringLiteral("/proc/%1/stat").arg(pid));
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    if (fields.size() > 1 && fields[1].toLongLong() == parent)
        return true;
    // Once bwrap is dead its child has another parent; it still shows one of the two names of ours.
    const QByteArray name = readKernelFile(QStringLiteral("/proc/%1/cmdline").arg(pid));
    return name.startsWith("quarry-") || name.startsWith("/dev/quarry-agent");
}

} // namespace

SandboxProcess::SandboxProcess(Launched launched, QObject *parent)
    : QObject(parent), m_launched(std::move(launched)),
      m_statusWatch(watch(m_launched.status.get(), &SandboxProcess::readStatus)),
      m_errorWatch(watch(m_launched.errors.get(), &SandboxProcess::readErrors)),
      m_launcherWatch(watch(m_launched.pidFd.get(), &SandboxProcess::launcherEnded))
{
}

std::unique_ptr<QSocketNotifier> SandboxProcess::watch(int fd, void (SandboxProcess::*handler)())
{
    auto notifier = std::make_unique<QSocketNotifier>(fd, QSocketNotifier::Read);
    connect(notifier.get(), &QSocketNotifier::activated, this,
            [this, handler] { (this->*handler)(); });
    return notifier;
}

void SandboxProcess::kill()
{
    if (!std::exchange(m_killed, true)) {
        readStatus();
        // The agent alone, at once or as soon as it is known: bwrap then reaps it and ends. Were
        // bwrap killed first, a half-made child of it could stay, and a dead one would wait for a
        // stranger.
        if (m_bwrapBegan && !m_reaped)
            QTimer::singleShot(reapMilliseconds, this, &SandboxProcess::killLauncher);
        else
            killLauncher();
    }
    if (!m_agentGone)
        syscall(SYS_pidfd_send_signal, m_agentFd.get(), SIGKILL, nullptr, 0);
}

void SandboxProcess::killLauncher()
{
    if (!m_reaped)
        syscall(SYS_pidfd_send_signal, m_launched.pidFd.get(), SIGKILL, nullptr, 0);
}

Error SandboxProcess::failure() const
{
    if (m_told)
        return *m_told;
    const QString complaint = QString::fromUtf8(m_errorText).simplified().left(1000);
    if (!complaint.isEmpty())
        return {ErrorCode::Io,
                QStringLiteral("The sandbox could not be set up: %1").arg(complaint),
                {}};
    // bwrap passes the agent's signal on as a code of 128+n.
    const bool bySignal
        = m_waitStatus >= 0 && WIFEXITED(m_waitStatus) && WEXITSTATUS(m_waitStatus) > 128;
    const QString end = bySignal
        ? QStringLiteral("was killed by signal %1").arg(WEXITSTATUS(m_waitStatus) - 128)
        : describeEnd(m_waitStatus);
    return {
        ErrorCode::ConnectionLost, QStringLiteral("The sandbox's first process %1").arg(end), {}};
}

void SandboxProcess::readStatus()
{
    const bool more = readSome(m_launched.status.get(), m_statusText);
    qsizetype end;
    while (!m_statusText.startsWith('{') && (end = m_statusText.indexOf('\n')) >= 0) {
        const QByteArray line = m_statusText.left(end);
        m_statusText.remove(0, end + 1);
        takeLine(line);
    }
    takeAgentPid();
    if (!more)
        m_statusWatch->setEnabled(false);
}

void SandboxProcess::takeLine(const QByteArray &line)
{
    const QList<QByteArray> parts = line.split('\t');
    const QString last = QString::fromUtf8(parts.last());
    if (parts[0] == "phase" && parts.size() == 2) {
        m_bwrapBegan = m_bwrapBegan || parts[1] == "agent";
        Q_EMIT phaseBegan(last);
    }
    if (parts[0] == "note" && parts.size() == 3)
        Q_EMIT noted(QString::fromUtf8(parts[1]), last);
    else if (parts[0] == "error" && parts.size() == 3)
        m_told = workerError(parts[1] + ": " + parts[2]);
}

void SandboxProcess::takeAgentPid()
{
    if (m_agentPid != 0)
        return;
    const qint64 pid = childPid(m_statusText);
    if (pid <= 0 || m_reaped)
        return;
    m_agentPid = pid;
    m_agentFd.reset(int(syscall(SYS_pidfd_open, pid, 0)));
    // The number may be another process's by now.
    if (!m_agentFd || !isOurs(pid, m_launched.pid))
        return;
    m_agentGone = false;
    if (m_killed)
        syscall(SYS_pidfd_send_signal, m_agentFd.get(), SIGKILL, nullptr, 0);
    m_agentWatch = watch(m_agentFd.get(), &SandboxProcess::agentEnded);
}

void SandboxProcess::readErrors()
{
    if (!readSome(m_launched.errors.get(), m_errorText))
        m_errorWatch->setEnabled(false);
}

void SandboxProcess::launcherEnded()
{
    m_launcherWatch->setEnabled(false);
    readStatus();
    readErrors();
    m_waitStatus = reap(m_launched.pidFd.get());
    m_reaped = true;
    kill();
    checkGone();
}

void SandboxProcess::agentEnded()
{
    m_agentWatch->setEnabled(false);
    m_agentGone = true;
    checkGone();
}

void SandboxProcess::checkGone()
{
    if (m_gone || !m_reaped || !m_agentGone)
        return;
    m_gone = true;
    Q_EMIT gone();
}

} // namespace quarry::runtime
