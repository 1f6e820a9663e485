// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Finds values in the text of a JSON document, so that they can be replaced where they stand.
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace quarry::config {

// TEXT, a valid JSON object, with the value at PATH replaced by VALUE (JSON too), or without it
// when VALUE is null. None: something on the way is no object.
std::optional<QString> editedJson(const QString &text, const QStringList &path,
                                  const QString &value);

} // namespace quarry::config
