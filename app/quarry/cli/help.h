// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of --help: at most 100 columns, with a usage line and examples.
#pragma once

#include "cli/commandspec.h"

namespace quarry::cli {

QString helpOf(const CommandSpec &command);
// Every command below GROUP; of the whole program when that is empty.
QString helpOfGroup(const QList<CommandSpec> &commands, const QStringList &group);

// "-t, --tag NAME", and what it is for.
QString flagName(const Flag &flag);
QString flagHelp(const Flag &flag);

// "quarry exec [FLAGS] -- CMD [ARG...]"
QString usageOf(const CommandSpec &command);

} // namespace quarry::cli
