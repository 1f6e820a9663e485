// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A living sandbox of bubblewrap, and its end.
#pragma once

#include "runtime/bubblewrap/bubblewraphost.h"
#include "runtime/bubblewrap/groupwatch.h"
#include "runtime/bubblewrap/sandboxprocess.h"
#include "runtime/bubblewrap/spawner.h"

#include <QMap>

namespace quarry::runtime {

// What a runtime's instances and starts share; lives until the last of them has gone.
struct BubblewrapShared {
    ~BubblewrapShared();
    BubblewrapHost host;
    std::unique_ptr<UidSlices> slices; // of a root server
    std::unique_ptr<Spawner> spawner = std::make_unique<Spawner>();
};

struct InstanceParts {
    InstanceSpec spec;
    EffectiveLimits limits;
    UniqueFd stream;
    std::shared_ptr<UidSlice> slice;
    std::unique_ptr<SandboxProcess> process;
};

class BubblewrapInstance final : public Instance
{
    Q_OBJECT
public:
    BubblewrapInstance(std::shared_ptr<BubblewrapShared> shared, InstanceParts parts);
    ~BubblewrapInstance() override;

    QString id() const override { return m_parts.spec.id; }
    UniqueFd takeAgentStream() override { return std::move(m_parts.stream); }
    EffectiveLimits effectiveLimits() const override { return m_parts.limits; }
    qint64 agentPid() const override { return m_parts.process->agentPid(); }
    InstanceStatistics statistics() const override;
    qint64 oomKills() const override { return m_groups.oomKills(); }
    void stop(int milliseconds, Callback<void> done) override;

private:
    void processGone();
    void kill();
    void removeGroups();
    void answerAll(const Result<void> &result);

    std::shared_ptr<BubblewrapShared> m_shared;
    InstanceParts m_parts;
    GroupWatch m_groups;
    QMap<int, Callback<void>> m_waiting; // by the number of the call
    int m_calls = 0;
    bool m_stopping = false;
    bool m_clean = false;
};

} // namespace quarry::runtime
