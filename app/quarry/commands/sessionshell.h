// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A prompt for a named bash session of a running engine.
#pragma once

#include "client/client.h"

namespace quarry::cli {

class Context;

// Reads lines until the input ends; gives the last command's exit code. The session stays.
int runSessionShell(Context &context, client::Client &engine, const QString &sandboxId,
                    const QString &session);

} // namespace quarry::cli
