// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/sizes.h"

#include <QRegularExpression>
#include <cmath>

namespace quarry {

Result<qint64> parseSize(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("^\\s*([0-9]{1,18}(?:\\.[0-9]{1,9})?)\\s*([kmgtp]?)(i?b)?\\s*$"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = form.match(text);
    if (!match.hasMatch())
        return {ErrorCode::InvalidArgument,
                QStringLiteral("'%1' is not a size (write 512m, 8g, 1.5t …)").arg(text)};
    static const QString units = QStringLiteral("kmgtp");
    const QString unit = match.captured(2).toLower();
    const double factor = unit.isEmpty() ? 1.0 : std::pow(1024.0, units.indexOf(unit) + 1);
    const double bytes = match.captured(1).toDouble() * factor;
    if (bytes < 1 || bytes > double(1LL << 62))
        return {ErrorCode::InvalidArgument,
                QStringLiteral("the size '%1' is out of range").arg(text)};
    return qint64(bytes);
}

QString formatSize(qint64 bytes)
{
    static const char units[] = {'b', 'k', 'm', 'g', 't', 'p'};
    double value = double(bytes);
    int unit = 0;
    while (value >= 1024 && unit < 5) {
        value /= 1024;
        ++unit;
    }
    return QString::number(value, 'f', 2) + QLatin1Char(units[unit]);
}

} // namespace quarry
