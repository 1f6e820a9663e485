// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A configuration file, JSON or YAML, as one tree of plain values.
#pragma once

#include "base/result.h"

#include <QJsonObject>

namespace quarry::config {

inline constexpr qint64 documentMax = 1 << 20; // bytes

// At most 1 MiB, 64 levels and 100,000 values. The error names PATH and where it is wrong.
Result<QJsonObject> readDocument(const QString &path);

// The same of BYTES that were read from PATH, or are to be written there.
Result<QJsonObject> parseDocument(const QString &path, const QByteArray &bytes);
// Whether a file of that name and content is read as JSON.
bool isJson(const QString &path, const QByteArray &bytes);

// ${NAME} and ${NAME:-DEFAULT} of ENVIRONMENT in every text; what is not set and has no default
// stays as it is, its name put into UNSET.
QJsonValue expanded(const QJsonValue &value, const QMap<QString, QString> &environment,
                    QStringList *unset);

} // namespace quarry::config
