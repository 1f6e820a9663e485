// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What this machine can do for sandboxes, and what would help.
#pragma once

#include "runtime/bubblewrap/machine.h"
#include "service/settings.h"

namespace quarry::service {

// Really tries every part: some hundred milliseconds, seconds where gem's package is installed;
// processes. Not for a thread that must not wait. A data folder that is not there yet is tried at
// its nearest parent.
QList<runtime::Finding> examineMachine(const Settings &settings);

// Whether nothing that is needed fails.
bool isFit(const QList<runtime::Finding> &findings);

// The text for /etc/apparmor.d/quarry, where AppArmor forbids user namespaces (Ubuntu 24.04 and
// later); empty: it does not.
QString appArmorAdvice(const QList<runtime::Finding> &findings, const Settings &settings);

} // namespace quarry::service
