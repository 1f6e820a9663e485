// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a request for a sandbox does not say, and what bounds them all.
#pragma once

#include "sandbox/sandboxinfo.h"

namespace quarry::sandbox {

struct SandboxDefaults {
    QString image = QStringLiteral("host");
    Network network = Network::None;
    qint64 memory = qint64(8) << 30;
    double cpus = 2;
    qint64 disk = qint64(50) << 30;
    int pids = 4096;
    qint64 idleSeconds = 6 * 3600;
    bool requireLimits = false;
    int max = 0; // how many may be alive at once; 0: as many as the machine carries
    qint64 outputMax = 32 << 20;
    int rememberDays = 30; // deleted ones
    int rememberCount = 10000;
};

} // namespace quarry::sandbox
