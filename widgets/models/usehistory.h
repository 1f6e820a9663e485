// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What sandboxes used over the last hour, as far as they were measured.
//
// Nothing is measured for it alone: it keeps what SandboxModel measures, every two seconds, of the
// rows that are seen and of the chosen sandbox, which goes on while the page is hidden. A time when
// one was not measured is a gap.
#pragma once

#include "sandbox/sandboxinfo.h"

#include <QHash>
#include <QList>
#include <QObject>

namespace quarry::widgets {

class SandboxModel;

struct UseSample {
    QDateTime time; // UTC
    double cores = 0;
    qint64 memory = 0; // bytes
    qint64 disk = 0; // bytes
    double network = 0; // bytes a second, both ways, since the sample before
    qint64 processes = 0;
    bool afterGap = false; // the one before is too old to be joined
};

class UseHistory : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype Kept = 1800; // of each sandbox: an hour
    static constexpr qsizetype SandboxesKept = 64; // those measured last

    // MODEL lives as long.
    explicit UseHistory(SandboxModel &model, QObject *parent = nullptr);

    // Oldest first; none of an unknown one.
    QList<UseSample> samples(const QString &id) const { return m_histories.value(id).samples; }
    // CORES is what the sandbox may use; 0: unlimited.
    void add(const QString &id, double cores, const sandbox::SandboxStatistics &use,
             const QDateTime &time);
    void forget(const QString &id);

Q_SIGNALS:
    void sampled(const QString &id);

private:
    struct History {
        QList<UseSample> samples;
        qint64 networkBytes = 0; // at the last one
    };
    void makeRoom();

    QHash<QString, History> m_histories;
};

} // namespace quarry::widgets
