// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the commands about GEM environments share.
#pragma once

#include "cli/commandspec.h"
#include "gem/episodes/replay.h"
#include "service/settings.h"

namespace quarry::cli {

// --param and --seed.
Flag parameterFlag();
Flag seedFlag();

// The environment that the first word and --param describe.
Result<gem::EnvironmentSpec> specFrom(const Arguments &arguments);
// --seed; a fair one when it was not given. InvalidArgument when it is none.
Result<quint32> seedFrom(const Arguments &arguments);

// What a server would use.
Result<service::Settings> settingsFrom(const Arguments &arguments);
// The ids that only the Python package plays; none where it is not installed. Seconds when it is
// asked first.
QStringList pythonIds(const service::Settings &settings);

QString textOf(std::string_view text);

} // namespace quarry::cli
