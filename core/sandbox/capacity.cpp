// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/capacity.h"

#include <QtGlobal>

#include <algorithm>
#include <sys/resource.h>
#include <unistd.h>

namespace quarry::sandbox {

namespace {

constexpr qint64 memoryEach = qint64(64) << 20; // a bash and a small program
constexpr qint64 descriptorsKept = 32;          // for listeners, clients, files
constexpr qint64 descriptorsEach = 6;

} // namespace

int machineCapacity()
{
    const qint64 memory = qint64(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
    qint64 carried = memory / memoryEach;
    rlimit descriptors{};
    if (getrlimit(RLIMIT_NOFILE, &descriptors) == 0 && descriptors.rlim_cur != RLIM_INFINITY)
        carried
            = std::min(carried, (qint64(descriptors.rlim_cur) - descriptorsKept) / descriptorsEach);
    return int(std::clamp<qint64>(carried, 1, 4096));
}

} // namespace quarry::sandbox
