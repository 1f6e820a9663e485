// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The processes of one instance as the host sees them: the launcher, which becomes bwrap, and the
// agent below it. Watches both by descriptor, never by number, and reads what the launcher says.
#pragma once

#include "base/result.h"
#include "runtime/bubblewrap/launch.h"

#include <QObject>
#include <QSocketNotifier>

#include <memory>
#include <optional>

namespace quarry::runtime {

class SandboxProcess : public QObject
{
    Q_OBJECT
public:
    explicit SandboxProcess(Launched launched, QObject *parent = nullptr);

    void kill();
    bool isGone() const { return m_gone; }
    qint64 launcherPid() const { return m_reaped ? 0 : m_launched.pid; }
    qint64 agentPid() const { return m_agentGone ? 0 : m_agentPid; }
    // Why it is gone: what the launcher or bwrap said, else how it ended.
    Error failure() const;

Q_SIGNALS:
    void phaseBegan(const QString &name);
    void noted(const QString &name, const QString &text);
    // Both processes have ended, and the launcher is reaped.
    void gone();

private:
    std::unique_ptr<QSocketNotifier> watch(int fd, void (SandboxProcess::*handler)());
    void readStatus();
    void readErrors();
    void takeLine(const QByteArray &line);
    void takeAgentPid();
    void launcherEnded();
    void agentEnded();
    void checkGone();
    void killLauncher();

    Launched m_launched;
    UniqueFd m_agentFd;
    qint64 m_agentPid = 0;
    bool m_agentGone = true; // until it is known
    bool m_reaped = false;
    bool m_gone = false;
    bool m_killed = false;
    bool m_bwrapBegan = false;
    int m_waitStatus = -1;
    QByteArray m_statusText;
    QByteArray m_errorText;
    std::optional<Error> m_told;
    std::unique_ptr<QSocketNotifier> m_statusWatch;
    std::unique_ptr<QSocketNotifier> m_errorWatch;
    std::unique_ptr<QSocketNotifier> m_launcherWatch;
    std::unique_ptr<QSocketNotifier> m_agentWatch;
};

} // namespace quarry::runtime
