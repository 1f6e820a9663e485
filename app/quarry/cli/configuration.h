// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration that a call means: files, environment, and its own flags.
#pragma once

#include "base/result.h"
#include "config/config.h"

namespace quarry::cli {

class Arguments;

// The error tells all that is wrong together.
Result<config::Config> loadConfiguration(const Arguments &arguments);

// The data folder, absolute.
Result<QString> dataFolder(const Arguments &arguments);

} // namespace quarry::cli
