// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/sandboxstate.h"

#include "sandbox/transitions.h"
#include "widgets/common/format.h"

#include <QCoreApplication>

#include <chrono>

namespace quarry::widgets {

namespace {

constexpr qint64 soonSeconds = 60;

QString tr(const char *text)
{
    return QCoreApplication::translate("SandboxState", text);
}

QString with(const QString &word, const QString &detail)
{
    return detail.isEmpty() ? word : word + QStringLiteral(" · ") + detail;
}

SandboxState starting(const sandbox::SandboxInfo &info)
{
    int done = 0;
    QString current;
    for (const sandbox::Phase &phase : info.phases) {
        done += int(phase.status == QLatin1String("success"));
        if (phase.status == QLatin1String("running"))
            current = phase.name;
    }
    if (current.isEmpty() && done == 0)
        return {State::Waiting, tr("pending")};
    return {State::Waiting,
            with(tr("starting"),
                 tr("%1, %2 of %3").arg(current).arg(done + 1).arg(info.phases.size()))};
}

SandboxState running(const sandbox::SandboxInfo &info, const QDateTime &now)
{
    const qint64 left = now.secsTo(info.autoStopTime);
    if (!info.autoStopTime.isValid() || left > soonSeconds)
        return {State::Running, tr("running")};
    return {State::Warning,
            with(tr("running"),
                 tr("stops in %1")
                     .arg(formatDuration(std::chrono::seconds(std::max<qint64>(left, 0)))))};
}

} // namespace

bool hasFailed(const sandbox::SandboxInfo &info)
{
    if (info.state != sandbox::State::Stopped || info.history.isEmpty())
        return false;
    const QString event = info.history.last().event;
    return event.startsWith(sandbox::toString(sandbox::Event::StartFailed))
        || event.startsWith(sandbox::toString(sandbox::Event::Ended));
}

SandboxState sandboxState(const sandbox::SandboxInfo &info, const QDateTime &now)
{
    switch (info.state) {
    case sandbox::State::Pending:
        return starting(info);
    case sandbox::State::Running:
        return running(info, now);
    case sandbox::State::Stopped:
        return hasFailed(info) ? SandboxState{State::Failed, with(tr("failed"), info.reason)}
                               : SandboxState{State::Stopped, with(tr("stopped"), info.reason)};
    case sandbox::State::Archiving:
    case sandbox::State::Archived:
    case sandbox::State::Deleted:
        break;
    }
    return {State::Stopped, sandbox::toString(info.state)};
}

} // namespace quarry::widgets
