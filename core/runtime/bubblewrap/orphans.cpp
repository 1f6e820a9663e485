// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/bubblewrap/orphans.h"

#include "base/uniquefd.h"
#include "runtime/bubblewrap/bubblewraphost.h"
#include "runtime/cgroups.h"
#include "runtime/kernelfiles.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QThread>

#include <csignal>
#include <poll.h>
#include <sys/syscall.h>

namespace quarry::runtime {

namespace {

constexpr int endMilliseconds = 3000;
constexpr int pauseMilliseconds = 5;

// The mark in the name of a bwrap of ours: "quarry-PID-START-TAG:ID".
QString markOf(const QString &pid)
{
    const QByteArray line = readKernelFile(QStringLiteral("/proc/%1/cmdline").arg(pid));
    const QByteArray name = line.left(line.indexOf('\0'));
    return name.startsWith("quarry-") ? QString::fromUtf8(name) : QString();
}

void endProcess(const QString &pid, const QString &mark, SweepReport &report)
{
    const UniqueFd process(int(syscall(SYS_pidfd_open, pid.toInt(), 0)));
    // Looked at again behind the descriptor: the number may have changed hands.
    if (!process || markOf(pid) != mark)
        return;
    syscall(SYS_pidfd_send_signal, process.get(), SIGKILL, nullptr, 0);
    pollfd wanted{process.get(), POLLIN, 0};
    if (poll(&wanted, 1, endMilliseconds) != 1)
        report.failed.append(QStringLiteral("process %1 of sandbox %2 does not end")
                                 .arg(pid, mark.section(u':', 1)));
}

void sweepProcesses(bool dryRun, SweepReport &report)
{
    for (const QString &pid :
         QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs)) {
        const QString mark = markOf(pid);
        if (mark.isEmpty() || !isDeadMark(mark.section(u':', 0, 0)))
            continue;
        report.items.append(
            QStringLiteral("process %1 of sandbox %2").arg(pid, mark.section(u':', 1)));
        if (!dryRun)
            endProcess(pid, mark, report);
    }
}

void removeWithin(const QString &folder, SweepReport &report)
{
    QStringList groups;
    for (const QString &name : QDir(folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        groups.append(folder + u'/' + name);
    const QDeadlineTimer deadline(endMilliseconds);
    while (!(groups = removeGroups(groups)).isEmpty() && !deadline.hasExpired())
        QThread::msleep(pauseMilliseconds);
    if (!groups.isEmpty() || !removeGroups({folder}).isEmpty())
        report.failed.append(QStringLiteral("control group %1 cannot be removed").arg(folder));
}

} // namespace

SweepReport sweepOrphans(bool dryRun)
{
    SweepReport report;
    sweepProcesses(dryRun, report);
    for (const QString &folder : ControlGroups::deadFolders()) {
        report.items.append(QStringLiteral("control group %1").arg(folder));
        if (!dryRun)
            removeWithin(folder, report);
    }
    if (!dryRun && geteuid() == 0)
        UidSlices::removeUnused(sliceFolder());
    return report;
}

} // namespace quarry::runtime
