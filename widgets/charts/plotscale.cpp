// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/plotscale.h"

#include "widgets/common/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace quarry::widgets {

namespace {

struct Plots {
    Q_DECLARE_TR_FUNCTIONS(Plots)
};

bool isBytes(PlotUnit unit)
{
    return unit == PlotUnit::Bytes || unit == PlotUnit::ByteRate;
}

// The least of 1, 2, 4, 6, 8, 10, 20, … UNITs that is not below VALUE.
double roundUp(double value, double unit)
{
    const double power = unit * std::pow(10, std::floor(std::log10(value / unit)));
    for (const double step : {1.0, 2.0, 4.0, 6.0, 8.0}) {
        if (value <= step * power)
            return step * power;
    }
    return 10 * power;
}

} // namespace

QString plotValue(PlotUnit unit, double value)
{
    switch (unit) {
    case PlotUnit::Count:
        return formatCount(qRound64(value));
    case PlotUnit::Cores:
        return QLocale().toString(value, 'f', 2);
    case PlotUnit::Bytes:
        return formatBytes(qRound64(value));
    case PlotUnit::ByteRate:
        return formatByteRate(value);
    }
    return {};
}

QString plotTick(PlotUnit unit, double value)
{
    if (unit == PlotUnit::Cores)
        return QLocale().toString(value, 'g', 3);
    if (isBytes(unit)) {
        QString text = formatBytes(qRound64(value));
        return text.remove(QLocale().decimalPoint() + QLocale().zeroDigit()); // most are round
    }
    const auto count = qint64(std::llround(value));
    return count >= 10'000 ? Plots::tr("%1k").arg(formatCount(count / 1000)) : formatCount(count);
}

double plotTop(PlotUnit unit, double largest)
{
    if (unit == PlotUnit::Cores)
        return roundUp(std::max(largest, 0.1), 1);
    if (!isBytes(unit))
        return std::max(2.0, roundUp(std::max(largest, 1.0), 1));
    const double held = std::max(largest, 1024.0);
    double prefix = 1024;
    while (held >= prefix * 1024)
        prefix *= 1024;
    const double top = roundUp(held, prefix);
    return top > 1000 * prefix ? 1024 * prefix : top;
}

} // namespace quarry::widgets
