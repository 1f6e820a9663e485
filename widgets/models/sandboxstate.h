// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a sandbox stands, in the words and shape that the workbench shows. Pure.
#pragma once

#include "sandbox/sandboxinfo.h"
#include "widgets/theme/look.h"

namespace quarry::widgets {

struct SandboxState {
    State mark = State::Stopped;
    // "running", "starting · layer", "running · stops in 40 s", "failed · killed by signal 9".
    QString text;
};

SandboxState sandboxState(const sandbox::SandboxInfo &info, const QDateTime &now);

// Whether it ended by a fault: of its start, or by itself.
bool hasFailed(const sandbox::SandboxInfo &info);

} // namespace quarry::widgets
