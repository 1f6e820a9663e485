// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/usehistory.h"

#include "base/clock.h"
#include "widgets/models/sandboxmodel.h"

#include <algorithm>

namespace quarry::widgets {

namespace {
constexpr qint64 gapMs = 7000; // more than three measurements
} // namespace

UseHistory::UseHistory(SandboxModel &model, QObject *parent) : QObject(parent)
{
    connect(&model, &SandboxModel::measured, this,
            [this, &model](const QString &id, const sandbox::SandboxStatistics &use) {
                if (const sandbox::SandboxInfo *info = model.find(id))
                    add(id, info->limits.value(QStringLiteral("cpus")).effective, use, utcNow());
            });
    connect(&model, &SandboxModel::sandboxesChanged, this, [this, &model](const QStringList &ids) {
        for (const QString &id : ids) {
            if (!model.find(id))
                forget(id);
        }
    });
}

void UseHistory::add(const QString &id, double cores, const sandbox::SandboxStatistics &use,
                     const QDateTime &time)
{
    if (!m_histories.contains(id))
        makeRoom();
    History &history = m_histories[id];
    UseSample sample{time,         use.cpuPercent / 100 * cores, use.memoryBytes, use.diskBytes, 0,
                     use.processes};
    if (!history.samples.isEmpty()) {
        const qint64 passed = history.samples.last().time.msecsTo(time);
        const qint64 bytes = use.networkBytes - history.networkBytes;
        sample.afterGap = passed > gapMs || passed < 0;
        // A restarted one counts from zero.
        if (passed > 0 && bytes > 0)
            sample.network = double(bytes) * 1000 / double(passed);
    }
    history.networkBytes = use.networkBytes;
    if (history.samples.size() == Kept)
        history.samples.removeFirst();
    history.samples.append(sample);
    Q_EMIT sampled(id);
}

void UseHistory::forget(const QString &id)
{
    m_histories.remove(id);
}

void UseHistory::makeRoom()
{
    if (m_histories.size() < SandboxesKept)
        return;
    const auto oldest = std::min_element(m_histories.begin(), m_histories.end(),
                                         [](const History &a, const History &b) {
                                             return a.samples.last().time < b.samples.last().time;
                                         });
    m_histories.erase(oldest);
}

} // namespace quarry::widgets
