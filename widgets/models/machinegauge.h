// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How busy this machine is.
#pragma once

#include <QObject>
#include <QTimer>

namespace quarry::widgets {

struct CpuTimes {
    quint64 busy = 0; // clock ticks of all processors together, since the machine started
    quint64 all = 0;
};
// From the text of /proc/stat (proc(5)).
CpuTimes cpuTimes(const QByteArray &stat);

struct MemoryUse {
    qint64 used = 0; // bytes that cannot be had without taking them from somebody
    qint64 total = 0;
};
// From the text of /proc/meminfo.
MemoryUse memoryUse(const QByteArray &meminfo);

// Looks every two seconds while it runs.
class MachineGauge : public QObject
{
    Q_OBJECT
public:
    explicit MachineGauge(QObject *parent = nullptr);

    void setRunning(bool on);
    double cpu() const { return m_cpu; } // 0…1, since the look before
    const MemoryUse &memory() const { return m_memory; }

Q_SIGNALS:
    void changed();

private:
    void look();

    QTimer m_timer;
    CpuTimes m_times;
    double m_cpu = 0;
    MemoryUse m_memory;
};

} // namespace quarry::widgets
