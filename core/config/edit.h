// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Changes one value in a person's configuration file and leaves the rest of it as it is: order,
// layout and comments.
#pragma once

#include "base/result.h"

#include <QJsonValue>
#include <QString>

#include <optional>

namespace quarry::config {

// The text of a file with KEY ("server.listen") set to VALUE, or without it where there is none.
// The keys of a section are found where a person writes them: in JSON anywhere, in YAML in block
// style. WrongState: the file is written in a way that cannot be changed in
// place; InvalidArgument: it cannot be read. PATH names it in errors; its end tells JSON from YAML.
Result<QString> editedText(const QString &path, const QString &text, const QString &key,
                           const std::optional<QJsonValue> &value);

// Reads, changes and replaces the file PATH, as a whole or not at all; makes it, and its folder
// (0700), where it is not there. Blocks: not for a thread that must not wait.
Result<void> editFile(const QString &path, const QString &key,
                      const std::optional<QJsonValue> &value);

} // namespace quarry::config
