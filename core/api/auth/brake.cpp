// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/auth/brake.h"

#include <algorithm>

namespace quarry::api {

namespace {

constexpr qsizetype maxRecords = 1024;
constexpr qint64 forgetMs = 15'000;

} // namespace

std::chrono::milliseconds Brake::fail(const QByteArray &who, qint64 nowMs)
{
    if (m_records.size() >= maxRecords && !m_records.contains(who)) {
        m_records.removeIf(
            [nowMs](const auto &entry) { return nowMs - entry.value().last > forgetMs; });
        if (m_records.size() >= maxRecords)
            return std::chrono::milliseconds(800);
    }
    Record &record = m_records[who];
    if (nowMs - record.last > forgetMs)
        record.failures = 0;
    record.last = nowMs;
    const int step = std::min(record.failures++, 4);
    return std::chrono::milliseconds(50 << step);
}

} // namespace quarry::api
