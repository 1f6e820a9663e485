// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is measured of a sandbox, each a plot of its own. Pure.
#pragma once

#include "widgets/charts/plotscale.h"
#include "widgets/models/usehistory.h"

#include <QPointF>

namespace quarry::widgets {

struct UseSeries {
    QString title;
    PlotUnit unit;
    QString limit; // its name in SandboxInfo::limits; empty: it has none
    double (*value)(const UseSample &sample);
};

QList<UseSeries> useSeries();

// Seconds from END; where it was not measured the line parts.
QList<QPointF> pointsOf(const QList<UseSample> &samples, const UseSeries &series,
                        const QDateTime &end);
// Those of the last SECONDS before END.
QList<UseSample> lastOf(const QList<UseSample> &samples, const QDateTime &end, qint64 seconds);
// As a spreadsheet takes it: a line of names with units, then one for each sample; times in UTC.
QString csvOf(const QList<UseSample> &samples);

} // namespace quarry::widgets
