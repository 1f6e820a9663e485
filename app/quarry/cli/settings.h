// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the configuration and the flags of a call say together, as the parts that run want it.
#pragma once

#include "api/auth/accesspolicy.h"
#include "base/result.h"
#include "engine/engine.h"
#include "http/limits.h"

#include <QList>
#include <QString>

namespace quarry::cli {

class Arguments;

struct Settings {
    QString dataFolder; // absolute
    engine::EngineSettings engine;
    api::AccessSettings access; // its `listen` is where to listen
    http::Limits limits;
    int jsonDepth = 64;
    QString socket; // empty: in the data folder
};

// Reads the configuration in the contract's order: the user's file, --config, the environment, flags.
// The error tells all that is wrong in them together.
Result<Settings> loadSettings(const Arguments &arguments);

// "127.0.0.1:8080", "[::1]:8080", "localhost:0".
Result<api::ListenAddress> listenAddress(const QString &text);

// Soft to hard, so that many sandboxes and connections fit.
void raiseDescriptorLimit();

} // namespace quarry::cli
