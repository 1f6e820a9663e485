// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Joining control groups.
#pragma once

#include "spec.h"

namespace quarry::launcher {

// Makes every group, writes its limits and moves this process into it, in that order: nothing ever
// runs without its limits. A limit that the kernel does not take is a note, a group that cannot be
// joined an error.
void joinGroups(const Spec &spec);

} // namespace quarry::launcher
