// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Workers in the sandboxes' uid mapping.
#pragma once

#include "runtime/bubblewrap/bubblewraphost.h"
#include "runtime/images/worker.h"

#include <mutex>

namespace quarry::runtime {

// Runs "quarry worker" as uid 0 of a user namespace of its own, without network: under a root
// server as a uid range that nobody else has, seeing its places through idmapped mounts (owners on
// disk count from 0); under an ordinary user with its subuids. Hostile archives and layers are so
// never read with more rights than a sandbox has. The worker dies with the thread that runs it,
// thus with the engine.
class MappedWorker final : public WorkerHost
{
public:
    explicit MappedWorker(MachineSettings settings);
    ~MappedWorker() override;

    Result<QByteArray> run(const WorkerTask &task, const Line &line) override;

private:
    Result<LaunchSpec> order(const WorkerTask &task, std::shared_ptr<UidSlice> &slice);

    MachineSettings m_settings;
    QString m_launcher;
    QString m_program;
    OwnRanges m_ranges;
    std::unique_ptr<UidSlices> m_slices; // of a root server
    std::mutex m_sliceLock;
};

} // namespace quarry::runtime
