// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the configuration and the flags of a call say together, as the parts that run want it.
#pragma once

#include "api/auth/accesspolicy.h"
#include "base/result.h"
#include "config/config.h"
#include "engine/engine.h"
#include "http/message/limits.h"

#include <QList>
#include <QString>

namespace quarry::service {

struct Settings {
    QString dataFolder; // absolute
    engine::EngineSettings engine;
    api::AccessSettings access; // its `listen` is where to listen
    http::Limits limits;
    int jsonDepth = 64;
    QString socket; // empty: in the data folder
};

// The data folder, absolute.
QString dataFolder(const config::Config &config);
// InvalidArgument names the keys whose values cannot be used, all together.
Result<Settings> settingsOf(const config::Config &config);

// "127.0.0.1:8080", "[::1]:8080", "localhost:0".
Result<api::ListenAddress> listenAddress(const QString &text);

// Soft to hard, so that many sandboxes and connections fit.
void raiseDescriptorLimit();

} // namespace quarry::service
