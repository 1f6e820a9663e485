// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/limits.h"

#include "base/sizes.h"
#include "runtime/kernelfiles.h"

#include <cmath>
#include <sched.h>
#include <unistd.h>

namespace quarry::runtime {

namespace {

constexpr qint64 memoryMin = 4 << 20; // less does not carry a shell
constexpr double cpusMin = 0.01;

EffectiveLimit against(double asked, double most, const QString &capped,
                       const Capability &capability)
{
    EffectiveLimit limit{asked, std::min(asked, most), capability.available, capability.reason};
    if (asked > most)
        limit.reason = limit.enforced ? capped : capped + QStringLiteral("; ") + capability.reason;
    return limit;
}

Error invalid(const QString &message)
{
    return {ErrorCode::InvalidArgument, message, {}};
}

} // namespace

MachineSize machineSize()
{
    MachineSize size;
    size.memory = qint64(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
    cpu_set_t set;
    size.cpus = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set)
                                                            : int(sysconf(_SC_NPROCESSORS_ONLN));
    return size;
}

Result<EffectiveLimits> effectiveLimits(const Limits &asked, bool require,
                                        const Capabilities &capabilities,
                                        const MachineSize &machine)
{
    EffectiveLimits limits;
    const auto capability
        = [&](const char *name) { return capabilities.value(QLatin1String(name)); };
    if (asked.memory) {
        if (*asked.memory < memoryMin)
            return invalid(
                QStringLiteral("A memory limit of %1 bytes is too small: 4 MiB is the least")
                    .arg(*asked.memory));
        limits.insert(
            QStringLiteral("memory"),
            against(double(*asked.memory), double(machine.memory),
                    QStringLiteral("capped: this machine has %1").arg(formatSize(machine.memory)),
                    capability("memory")));
    }
    if (asked.cpus) {
        if (!(*asked.cpus >= cpusMin) || !std::isfinite(*asked.cpus))
            return invalid(QStringLiteral("A limit of %1 cpus is too small: 0.01 is the least")
                               .arg(*asked.cpus));
        limits.insert(QStringLiteral("cpus"),
                      against(*asked.cpus, machine.cpus,
                              QStringLiteral("capped: this machine has %1 cores").arg(machine.cpus),
                              capability("cpus")));
    }
    if (asked.pids) {
        if (*asked.pids < 1)
            return invalid(QStringLiteral("A limit of %1 processes is too small: 1 is the least")
                               .arg(*asked.pids));
        limits.insert(QStringLiteral("pids"),
                      {double(*asked.pids), double(*asked.pids), capability("pids").available,
                       capability("pids").reason});
    }
    if (asked.disk) {
        if (*asked.disk < 1)
            return invalid(
                QStringLiteral("A disk limit of %1 bytes is too small").arg(*asked.disk));
        limits.insert(QStringLiteral("disk"),
                      {double(*asked.disk), double(*asked.disk), false, capability("disk").reason});
    }
    for (auto limit = limits.cbegin(); require && limit != limits.cend(); ++limit) {
        if (!limit->enforced || limit->effective < limit->asked)
            return {ErrorCode::LimitExceeded,
                    QStringLiteral("The %1 limit cannot be held as asked: %2")
                        .arg(limit.key(), limit->reason)};
    }
    return limits;
}

} // namespace quarry::runtime
