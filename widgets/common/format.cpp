// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace quarry::widgets {

namespace {

struct Format {
    Q_DECLARE_TR_FUNCTIONS(Format)
};

QString twoDigits(qint64 number)
{
    return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
}

QString minutesOn(qint64 minutes)
{
    if (minutes < 24 * 60)
        return Format::tr("%1 h %2 m").arg(minutes / 60).arg(twoDigits(minutes % 60));
    return Format::tr("%1 d %2 h").arg(minutes / (24 * 60)).arg(twoDigits(minutes / 60 % 24));
}

qint64 secondsOf(std::chrono::milliseconds duration)
{
    return std::max<qint64>(0, duration.count() / 1000);
}

} // namespace

QString formatDuration(std::chrono::milliseconds duration)
{
    const qint64 seconds = secondsOf(duration);
    if (seconds < 60)
        return Format::tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return Format::tr("%1 m %2 s").arg(seconds / 60).arg(twoDigits(seconds % 60));
    return minutesOn(seconds / 60);
}

QString formatAge(std::chrono::milliseconds duration)
{
    const qint64 seconds = secondsOf(duration);
    if (seconds < 60)
        return Format::tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return Format::tr("%1 m").arg(seconds / 60);
    return minutesOn(seconds / 60);
}

QString formatLatency(std::chrono::microseconds latency)
{
    const double milliseconds = std::max<double>(0, double(latency.count()) / 1000);
    const QLocale locale;
    if (milliseconds < 999.95)
        return Format::tr("%1 ms").arg(locale.toString(milliseconds, 'f', 1));
    if (milliseconds < 59'995)
        return Format::tr("%1 s").arg(locale.toString(milliseconds / 1000, 'f', 2));
    return formatDuration(std::chrono::duration_cast<std::chrono::milliseconds>(latency));
}

QString formatBytes(qint64 bytes)
{
    static constexpr std::array Units{
        QT_TRANSLATE_NOOP("Format", "%1 B"),   QT_TRANSLATE_NOOP("Format", "%1 KiB"),
        QT_TRANSLATE_NOOP("Format", "%1 MiB"), QT_TRANSLATE_NOOP("Format", "%1 GiB"),
        QT_TRANSLATE_NOOP("Format", "%1 TiB"), QT_TRANSLATE_NOOP("Format", "%1 PiB"),
        QT_TRANSLATE_NOOP("Format", "%1 EiB")};
    double value = double(std::max<qint64>(0, bytes));
    size_t unit = 0;
    // 1023.95 would be written as 1024.0 of the smaller unit.
    while (value >= (unit == 0 ? 1024 : 1023.95) && unit + 1 < Units.size()) {
        value /= 1024;
        ++unit;
    }
    const int decimals = unit > 0 && value < 99.95 ? 1 : 0;
    return Format::tr(Units[unit]).arg(QLocale().toString(value, 'f', decimals));
}

QString formatByteRate(double bytesPerSecond)
{
    return Format::tr("%1/s").arg(formatBytes(qint64(std::clamp(bytesPerSecond, 0.0, 9e18))));
}

QString formatCount(qint64 count)
{
    return QLocale().toString(count);
}

QString counted(qint64 count, const QString &one, const QString &many)
{
    return count == 1 ? one : many.arg(formatCount(count));
}

QString formatPercent(double fraction)
{
    return Format::tr("%1 %").arg(qRound(fraction * 100));
}

QString formatRelative(const QDateTime &time, const QDateTime &now)
{
    if (!time.isValid())
        return {};
    const std::chrono::milliseconds passed(time.msecsTo(now));
    if (std::chrono::abs(passed) < std::chrono::seconds(1))
        return Format::tr("now");
    return passed.count() > 0 ? Format::tr("%1 ago").arg(formatAge(passed))
                              : Format::tr("in %1").arg(formatAge(-passed));
}

QString formatExact(const QDateTime &time)
{
    return time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString oneLine(const QString &text, qsizetype limit)
{
    QString line = text.size() <= limit
        ? text
        : text.first(limit / 2) + QChar(0x2026) + text.last(limit - limit / 2 - 1);
    for (QChar &c : line) {
        if (c.unicode() < 0x20)
            c = QChar(0x2400 + c.unicode());
        else if (c.unicode() == 0x7f || c == QChar::LineSeparator || c == QChar::ParagraphSeparator)
            c = QChar(0x2421);
    }
    return line;
}

} // namespace quarry::widgets
