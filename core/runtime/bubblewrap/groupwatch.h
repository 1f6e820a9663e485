// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the kernel tells about one instance's control groups: its use, and kills for want of memory.
#pragma once

#include "base/uniquefd.h"
#include "runtime/cgroups.h"
#include "runtime/runtime.h"

#include <QObject>
#include <QSocketNotifier>

#include <memory>

namespace quarry::runtime {

class GroupWatch : public QObject
{
    Q_OBJECT
public:
    // The groups of ID in GROUPS exist.
    GroupWatch(const ControlGroups &groups, const QString &id, QObject *parent = nullptr);

    qint64 oomKills() const;
    // Without the network, which no group counts.
    InstanceStatistics statistics() const;

Q_SIGNALS:
    void outOfMemory();

private:
    void watchOld();
    void watchUnified();
    void drain();
    void look();

    QString m_memory; // folders; empty: none
    QString m_cpu;
    QString m_pids;
    int m_memoryVersion = 0;
    int m_cpuVersion = 0;
    UniqueFd m_event; // an eventfd or inotify
    UniqueFd m_control; // memory.oom_control, open as long as the event is wanted
    qint64 m_seen = 0;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace quarry::runtime
