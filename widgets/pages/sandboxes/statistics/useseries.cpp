// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/statistics/useseries.h"

#include "widgets/pages/sandboxes/statistics/statisticstab.h"

#include <algorithm>
#include <limits>

namespace quarry::widgets {

QList<UseSeries> useSeries()
{
    return {{StatisticsTab::tr("CPU"), PlotUnit::Cores, QStringLiteral("cpus"),
             [](const UseSample &sample) { return sample.cores; }},
            {StatisticsTab::tr("Memory"), PlotUnit::Bytes, QStringLiteral("memory"),
             [](const UseSample &sample) { return double(sample.memory); }},
            {StatisticsTab::tr("Disk"), PlotUnit::Bytes, QStringLiteral("disk"),
             [](const UseSample &sample) { return double(sample.disk); }},
            {StatisticsTab::tr("Network"), PlotUnit::ByteRate, QString(),
             [](const UseSample &sample) { return sample.network; }},
            {StatisticsTab::tr("Processes"), PlotUnit::Count, QStringLiteral("pids"),
             [](const UseSample &sample) { return double(sample.processes); }}};
}

QList<QPointF> pointsOf(const QList<UseSample> &samples, const UseSeries &series,
                        const QDateTime &end)
{
    QList<QPointF> points;
    points.reserve(samples.size());
    for (const UseSample &sample : samples) {
        const double seconds = std::min(0.0, double(end.msecsTo(sample.time)) / 1000);
        if (sample.afterGap && !points.isEmpty())
            points.append(
                {(points.last().x() + seconds) / 2, std::numeric_limits<double>::quiet_NaN()});
        points.append({seconds, series.value(sample)});
    }
    return points;
}

QList<UseSample> lastOf(const QList<UseSample> &samples, const QDateTime &end, qint64 seconds)
{
    const QDateTime from = end.addSecs(-seconds);
    const auto first = std::find_if(samples.begin(), samples.end(),
                                    [&](const UseSample &sample) { return sample.time >= from; });
    return samples.mid(first - samples.begin());
}

QString csvOf(const QList<UseSample> &samples)
{
    QString text = QStringLiteral(
        "time,cpu_cores,memory_bytes,disk_bytes,network_bytes_per_second,processes\n");
    for (const UseSample &sample : samples)
        text += QStringLiteral("%1,%2,%3,%4,%5,%6\n")
                    .arg(sample.time.toUTC().toString(Qt::ISODateWithMs),
                         QString::number(sample.cores, 'f', 3))
                    .arg(sample.memory)
                    .arg(sample.disk)
                    .arg(qRound64(sample.network))
                    .arg(sample.processes);
    return text;
}

} // namespace quarry::widgets
