// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of the limits that a caller asks for, on this machine.
#pragma once

#include "base/result.h"
#include "runtime/capabilities.h"
#include "runtime/instancespec.h"

namespace quarry::runtime {

struct MachineSize {
    qint64 memory = 0; // bytes
    int cpus = 0;
};
MachineSize machineSize();

// Caps what the machine has not and says what is not held. InvalidArgument for a value that makes
// no sense; LimitExceeded with REQUIRE where one limit would not be held as asked.
Result<EffectiveLimits> effectiveLimits(const Limits &asked, bool require,
                                        const Capabilities &capabilities,
                                        const MachineSize &machine);

} // namespace quarry::runtime
