// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The flags that say what a sandbox is to be: of "exec" and of "sandbox start".
#pragma once

#include "base/result.h"
#include "cli/commandspec.h"
#include "sandbox/sandboxinfo.h"

#include <QJsonObject>

namespace quarry::cli {

QList<Flag> sandboxFlags();

// Folders to bind are made absolute, and must be there. IMAGE is taken when no flag names one.
Result<sandbox::SandboxRequest> sandboxRequest(const Arguments &arguments, const QString &image);
// As Quarry's own API takes it.
QJsonObject toJson(const sandbox::SandboxRequest &request);

} // namespace quarry::cli
