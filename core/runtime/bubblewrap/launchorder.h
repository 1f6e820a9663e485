// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// An instance's specification as the launcher is told it.
#pragma once

#include "runtime/bubblewrap/bubblewraphost.h"
#include "runtime/instancespec.h"

namespace quarry::runtime {

// InvalidArgument for what no start could do: an id, a variable or a bind that makes no sense.
Result<void> checkSpec(const InstanceSpec &spec);

// SPEC has been checked, SLICE is that of a root server.
LaunchSpec launchOrder(const BubblewrapHost &host, const InstanceSpec &spec,
                       const EffectiveLimits &limits, const UidSlice *slice);

} // namespace quarry::runtime
