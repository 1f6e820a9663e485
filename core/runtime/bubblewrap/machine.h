// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What this machine can do for sandboxes, part by part, each really tried.
#pragma once

#include "base/result.h"
#include "runtime/capabilities.h"

#include <QList>
#include <QString>

namespace quarry::runtime {

struct Finding {
    QString part;       // "bubblewrap", "user namespaces", "overlay", …
    bool works = false;
    bool needed = true; // nothing runs without it; otherwise only something is missed
    QString detail;     // what was seen: a version, a range, the reason of a failure
    QString fix;        // the package or setting that helps; empty when it works
};

struct MachineSettings {
    QString dataFolder;    // exists
    QString programFolder; // where quarry-launcher and quarry-agent lie
    quint32 uidFirst = 1879048192u;
    quint32 uidLast = 2147483647u;
};

// Takes some hundred milliseconds and starts processes: on a pool thread, never the engine's.
QList<Finding> examineMachine(const MachineSettings &settings);

// The AppArmor profile that lets bwrap and the launcher make user namespaces where the distribution
// forbids them (Ubuntu 24.04), naming both paths; the text of a file for /etc/apparmor.d.
QString appArmorProfile(const QString &bubblewrapPath, const QString &launcherPath);

} // namespace quarry::runtime
