// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What engines that died have left on the machine.
#pragma once

#include "runtime/runtime.h"

namespace quarry::runtime {

// Processes and control groups of this user's engines that no longer live, whatever their data
// folder was: their marks prove both. Blocks, some milliseconds; a sandbox that does not die is
// reported.
SweepReport sweepOrphans(bool dryRun);

} // namespace quarry::runtime
