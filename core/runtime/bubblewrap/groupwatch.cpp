// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/bubblewrap/groupwatch.h"

#include "runtime/kernelfiles.h"

#include <QFile>
#include <QTimer>

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace quarry::runtime {

namespace {

constexpr int lookAgainMilliseconds = 50; // version 1 tells before the victim is counted

} // namespace

GroupWatch::GroupWatch(const ControlGroups &groups, const QString &id, QObject *parent)
    : QObject(parent), m_memory(groups.group(QStringLiteral("memory"), id)),
      m_pids(groups.group(QStringLiteral("pids"), id)),
      m_memoryVersion(groups.controller(QStringLiteral("memory")).version)
{
    // Version 1 counts processor time in a hierarchy of its own.
    const auto old = groups.controller(QStringLiteral("cpuacct"));
    m_cpuVersion = old.folder.isEmpty() ? groups.controller(QStringLiteral("cpu")).version : 1;
    m_cpu = groups.group(old.folder.isEmpty() ? QStringLiteral("cpu") : QStringLiteral("cpuacct"),
                         id);
    if (m_cpuVersion == 1 && old.folder.isEmpty())
        m_cpu.clear();
    if (m_memoryVersion == 1)
        watchOld();
    else if (m_memoryVersion == 2)
        watchUnified();
    if (!m_event)
        return;
    m_notifier = std::make_unique<QSocketNotifier>(m_event.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        drain();
        look();
        QTimer::singleShot(lookAgainMilliseconds, this, &GroupWatch::look);
    });
}

void GroupWatch::watchOld()
{
    m_control.reset(
        open(QFile::encodeName(m_memory + QStringLiteral("/memory.oom_control")).constData(),
             O_RDONLY | O_CLOEXEC));
    UniqueFd event(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!m_control || !event)
        return;
    const QByteArray order
        = QByteArray::number(event.get()) + ' ' + QByteArray::number(m_control.get());
    if (writeKernelFile(m_memory + QStringLiteral("/cgroup.event_control"), order))
        m_event = std::move(event);
}

void GroupWatch::watchUnified()
{
    UniqueFd event(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
    const QByteArray file = QFile::encodeName(m_memory + QStringLiteral("/memory.events"));
    if (event && inotify_add_watch(event.get(), file.constData(), IN_MODIFY) >= 0)
        m_event = std::move(event);
}

void GroupWatch::drain()
{
    char buffer[4096];
    while (read(m_event.get(), buffer, sizeof buffer) > 0) {
    }
}

void GroupWatch::look()
{
    const qint64 kills = oomKills();
    if (kills <= m_seen)
        return;
    m_seen = kills;
    Q_EMIT outOfMemory();
}

qint64 GroupWatch::oomKills() const
{
    if (m_memory.isEmpty())
        return 0;
    const QString file = m_memoryVersion == 1 ? QStringLiteral("/memory.oom_control")
                                              : QStringLiteral("/memory.events");
    return std::max<qint64>(0, keyedNumber(readKernelFile(m_memory + file), "oom_kill"));
}

InstanceStatistics GroupWatch::statistics() const
{
    InstanceStatistics now;
    const bool old = m_memoryVersion == 1;
    if (!m_memory.isEmpty()) {
        const qint64 used = numberFile(
            m_memory
            + (old ? QStringLiteral("/memory.usage_in_bytes") : QStringLiteral("/memory.current")));
        const qint64 cache = keyedNumber(readKernelFile(m_memory + QStringLiteral("/memory.stat")),
                                         old ? "total_inactive_file" : "inactive_file");
        now.memoryBytes = used < 0 ? -1 : std::max<qint64>(0, used - std::max<qint64>(0, cache));
    }
    if (!m_pids.isEmpty())
        now.processes = numberFile(m_pids + QStringLiteral("/pids.current"));
    if (!m_cpu.isEmpty() && m_cpuVersion == 1) {
        now.cpuNanoseconds = numberFile(m_cpu + QStringLiteral("/cpuacct.usage"));
    } else if (!m_cpu.isEmpty()) {
        const qint64 micro
            = keyedNumber(readKernelFile(m_cpu + QStringLiteral("/cpu.stat")), "usage_usec");
        now.cpuNanoseconds = micro < 0 ? -1 : micro * 1000;
    }
    return now;
}

} // namespace quarry::runtime
