// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry(1), from the same table as --help.
#pragma once

#include "cli/commandspec.h"

namespace quarry::cli {

// In the macros of man(7).
QString manPage(const QList<CommandSpec> &commands, const QString &version);

} // namespace quarry::cli
