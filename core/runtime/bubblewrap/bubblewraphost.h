// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What of this machine every start needs, found out once.
#pragma once

#include "base/result.h"
#include "runtime/bubblewrap/launch.h"
#include "runtime/capabilities.h"
#include "runtime/cgroups.h"
#include "runtime/limits.h"
#include "runtime/bubblewrap/machine.h"
#include "runtime/subids.h"
#include "runtime/uidslices.h"

namespace quarry::runtime {

struct BubblewrapHost {
    MachineSettings settings;
    bool root = false;
    QString bubblewrap; // paths; empty: not there
    QString pasta;
    QString launcher;
    QString agent;
    QByteArray filter;  // the compiled system call filter
    OwnRanges ranges;   // of an ordinary user
    MachineSize machine;
    QString mark;       // engineMark of the data folder
    ControlGroups groups;
    Capabilities capabilities;

    // Cheap: looks and asks, starts nothing. Some milliseconds, on a pool thread.
    static BubblewrapHost find(const MachineSettings &settings);
};

// Who the launcher becomes: the slice of a root server, or the user's own ranges.
void addIdentity(LaunchSpec &spec, const UidSlice *slice, const OwnRanges &ranges);

// Where the slices of this machine's root servers are locked.
QByteArray sliceFolder();

} // namespace quarry::runtime
