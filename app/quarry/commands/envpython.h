// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// An environment of the Python package, played at a terminal or line by line.
#pragma once

#include "commands/environments.h"

namespace quarry::cli {

class Context;

// In an engine of this program's own. The exit code.
int playPython(Context &context, const Arguments &arguments, const gem::EnvironmentSpec &spec,
               quint32 seed);

} // namespace quarry::cli
