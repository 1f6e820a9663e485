// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/machinehistory.h"

#include "widgets/models/machinegauge.h"

#include <utility>

namespace quarry::widgets {

namespace {

void append(QList<double> &samples, double value)
{
    constexpr qsizetype kept = MachineHistory::Span / MachineHistory::Step + 1;
    samples.append(value);
    if (samples.size() > kept)
        samples.removeFirst();
}

} // namespace

MachineHistory::MachineHistory(const MachineGauge &gauge, QObject *parent)
    : QObject(parent), m_gauge(gauge)
{
    connect(&gauge, &MachineGauge::changed, this, &MachineHistory::look);
}

void MachineHistory::look()
{
    const MemoryUse &memory = m_gauge.memory();
    append(m_cpu, m_gauge.cpu() * 100);
    append(m_memory, memory.total > 0 ? 100 * double(memory.used) / double(memory.total) : 0);
    append(m_requests,
           double(std::exchange(m_count, 0)) / std::chrono::duration<double>(Step).count());
    Q_EMIT changed();
}

} // namespace quarry::widgets
