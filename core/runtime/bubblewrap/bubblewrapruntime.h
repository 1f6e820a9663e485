// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The default runtime: bubblewrap in a uid range of its own above kernel overlays.
//
// quarry-launcher prepares cgroups, the user namespace, the mounts and the network, and becomes
// bwrap; bwrap becomes quarry-agent. All of it is spawned from one thread that lives as long as the
// runtime, since the kernel's parent-death signal follows the thread that forked.
#pragma once

#include "runtime/bubblewrap/machine.h"
#include "runtime/runtime.h"

namespace quarry::runtime {

class BubblewrapRuntime final : public SandboxRuntime
{
    Q_OBJECT
public:
    explicit BubblewrapRuntime(MachineSettings settings, QObject *parent = nullptr);
    ~BubblewrapRuntime() override; // kills what still lives

    QString name() const override;
    void prepare(Callback<Capabilities> done) override;
    Capabilities capabilities() const override;
    void start(const InstanceSpec &spec, Progress progress,
               Callback<std::unique_ptr<Instance>> done) override;
    void cancelStart(const QString &id) override;
    void sweep(bool dryRun, Callback<SweepReport> done) override;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace quarry::runtime
