// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the machine and the server did over the last minutes.
#pragma once

#include <QList>
#include <QObject>

#include <chrono>

namespace quarry::widgets {

class MachineGauge;

class MachineHistory : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::seconds Span{600};
    static constexpr std::chrono::milliseconds Step{2000}; // a look of the gauge

    // GAUGE lives as long.
    explicit MachineHistory(const MachineGauge &gauge, QObject *parent = nullptr);

    void countRequests(qint64 requests) { m_count += requests; }

    // Newest last; percent, percent, a second.
    const QList<double> &cpu() const { return m_cpu; }
    const QList<double> &memory() const { return m_memory; }
    const QList<double> &requests() const { return m_requests; }

Q_SIGNALS:
    void changed();

private:
    void look();

    const MachineGauge &m_gauge;
    qint64 m_count = 0; // since the last look
    QList<double> m_cpu, m_memory, m_requests;
};

} // namespace quarry::widgets
