// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Times, sizes and counts as the workbench writes them. Pure; the units are translated.
#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>

namespace quarry::widgets {

// "8 s", "3 m 12 s", "1 h 02 m", "3 d 04 h". Negative ones count as zero.
QString formatDuration(std::chrono::milliseconds duration);
// As formatDuration, without the seconds from a minute on: "12 m". For columns of ages.
QString formatAge(std::chrono::milliseconds duration);
// "0.3 ms", "13.1 ms", "1.24 s", then as formatDuration.
QString formatLatency(std::chrono::microseconds latency);
// In powers of 1024: "852 B", "1.4 GiB", "118 MiB". Negative ones count as zero.
QString formatBytes(qint64 bytes);
QString formatByteRate(double bytesPerSecond);
// With the locale's group separators.
QString formatCount(qint64 count);
// ONE for 1, else MANY with the count in place of %1: counted(n, tr("1 file"), tr("%1 files")).
QString counted(qint64 count, const QString &one, const QString &many);
// FRACTION 1 is "100 %".
QString formatPercent(double fraction);
// "now", "6 m ago", "in 40 s".
QString formatRelative(const QDateTime &time, const QDateTime &now);
// Local time: "2026-11-22 07:47:11". For the tip of what formatRelative made.
QString formatExact(const QDateTime &time);

// TEXT for a place of one line, so that a hostile name costs no more than another: line breaks and
// other control characters become their symbols (U+2400…), and of what is longer than LIMIT the
// middle is left out.
inline constexpr qsizetype OneLineLimit = 1024;
QString oneLine(const QString &text, qsizetype limit = OneLineLimit);

} // namespace quarry::widgets
