// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What every handler needs.
#pragma once

#include "api/common/apisettings.h"
#include "engine/engine.h"

#include <memory>

namespace quarry::api {

struct Context {
    engine::Engine &engine;
    ApiSettings settings;

    sandbox::SandboxService &sandboxes() const { return engine.sandboxes(); }
    // A folder for spool files, made when absent.
    QString spoolFolder() const;
};
using ContextPtr = std::shared_ptr<const Context>;

} // namespace quarry::api
