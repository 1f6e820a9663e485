// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Times as Quarry stores and shows them.
#pragma once

#include <QDateTime>
#include <QString>

namespace quarry {

// RFC 3339 in UTC with milliseconds ("2026-01-02T03:04:05.678Z"); empty for an invalid time.
QString toRfc3339(const QDateTime &time);
QDateTime fromRfc3339(const QString &text);

// Now, in UTC.
QDateTime utcNow();

} // namespace quarry
