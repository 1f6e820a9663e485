// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include "base/sizes.h"

namespace quarry::cli {

QString Arguments::text(const QString &flag, const QString &fallback) const
{
    const auto found = m_values.constFind(flag);
    return found == m_values.cend() ? fallback : found->last();
}

std::optional<qint64> Arguments::size(const QString &flag) const
{
    if (!has(flag))
        return {};
    const Result<qint64> size = parseSize(text(flag));
    return size ? std::optional(*size) : std::nullopt;
}

std::optional<double> Arguments::number(const QString &flag) const
{
    return has(flag) ? std::optional(text(flag).toDouble()) : std::nullopt;
}

std::optional<int> Arguments::whole(const QString &flag) const
{
    return has(flag) ? std::optional(text(flag).toInt()) : std::nullopt;
}

} // namespace quarry::cli
