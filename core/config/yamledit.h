// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Finds values in the text of a YAML document of block mappings, so that they can be replaced where
// they stand.
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace quarry::config {

// As editedJson(). The caller checks what comes out: flow mappings, anchors and other rare forms
// are not understood.
std::optional<QString> editedYaml(const QString &text, const QStringList &path,
                                  const QString &value);

} // namespace quarry::config
