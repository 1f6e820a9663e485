// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/machinegauge.h"

#include <QFile>

#include <chrono>

namespace quarry::widgets {

using namespace std::chrono_literals;

namespace {

// Files of the kernel that are there at once.
QByteArray kernelText(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.read(64 * 1024) : QByteArray();
}

qint64 bytesOf(const QByteArray &meminfo, const QByteArray &name)
{
    const qsizetype at = meminfo.indexOf(name + ':');
    if (at < 0)
        return 0;
    const QByteArray line = meminfo.mid(at, meminfo.indexOf('\n', at) - at).simplified();
    return line.split(' ').value(1).toLongLong() * 1024;
}

} // namespace

CpuTimes cpuTimes(const QByteArray &stat)
{
    const QList<QByteArray> fields = stat.left(stat.indexOf('\n')).simplified().split(' ');
    CpuTimes times;
    if (fields.value(0) != "cpu")
        return times;
    for (int i = 1; i < qMin<qsizetype>(fields.size(), 9); ++i) { // guests are in user and nice
        const quint64 ticks = fields[i].toULongLong();
        times.all += ticks;
        if (i != 4 && i != 5) // idle, iowait
            times.busy += ticks;
    }
    return times;
}

MemoryUse memoryUse(const QByteArray &meminfo)
{
    const qint64 total = bytesOf(meminfo, "MemTotal");
    return {qMax<qint64>(0, total - bytesOf(meminfo, "MemAvailable")), total};
}

MachineGauge::MachineGauge(QObject *parent) : QObject(parent)
{
    m_timer.setInterval(2s);
    connect(&m_timer, &QTimer::timeout, this, &MachineGauge::look);
}

void MachineGauge::setRunning(bool on)
{
    if (on == m_timer.isActive())
        return;
    if (on) {
        m_timer.start();
        look();
    } else {
        m_timer.stop();
    }
}

void MachineGauge::look()
{
    const CpuTimes times = cpuTimes(kernelText(QStringLiteral("/proc/stat")));
    if (times.all > m_times.all && m_times.all > 0)
        m_cpu = double(times.busy - m_times.busy) / double(times.all - m_times.all);
    m_times = times;
    m_memory = memoryUse(kernelText(QStringLiteral("/proc/meminfo")));
    Q_EMIT changed();
}

} // namespace quarry::widgets
