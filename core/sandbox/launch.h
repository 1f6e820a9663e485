// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One attempt to make a sandbox alive: image, layer, limits, network, agent, phase by phase.
#pragma once

#include "agent/client/agentclient.h"
#include "base/result.h"
#include "runtime/images/image.h"
#include "runtime/runtime.h"
#include "sandbox/sandboxdefaults.h"
#include "sandbox/sandboxinfo.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace quarry::sandbox {

class LayerKeeper;

// What a launch has made.
struct Launched {
    std::unique_ptr<runtime::Instance> instance;
    std::unique_ptr<agent::AgentClient> agent;
    std::shared_ptr<const void> imageLocks; // to be held as long as the instance lives
    QMap<QString, LimitInfo> limits;
    QString servedBy;
};

// Lives on the engine's thread. Destroying it cancels what is under way.
class Launch : public QObject
{
    Q_OBJECT
public:
    // FRESH: the layer is made anew; otherwise the one that is there is used again.
    Launch(runtime::SandboxRuntime &runtime, LayerKeeper &layers, const SandboxDefaults &defaults,
           const SandboxRequest &request, const QString &id, bool fresh, QObject *parent);
    ~Launch() override;

    // Once. An error names the phase in its details under "phase"; Timeout at the request's
    // deadline.
    void begin(Callback<Launched> done);
    // The callback gets Cancelled, before this returns.
    void cancel();
    // After a failure: what lives already, to be stopped. May be null.
    std::unique_ptr<runtime::Instance> takeInstance();

Q_SIGNALS:
    void phaseChanged(const quarry::sandbox::Phase &phase);

private:
    void enter(const QString &phase, const QString &message);
    void makeLayer();
    void startInstance(const runtime::Image &image);
    void connectAgent();
    void finish(Result<Launched> result);
    void fail(Error error);
    runtime::InstanceSpec instanceSpec(const runtime::Image &image) const;

    runtime::SandboxRuntime &m_runtime;
    LayerKeeper &m_layers;
    SandboxDefaults m_defaults;
    SandboxRequest m_request;
    QString m_id;
    bool m_fresh;
    QString m_phase;
    QList<QByteArray> m_environment;
    Launched m_made;
    Callback<Launched> m_done;
    QTimer m_deadline;
};

} // namespace quarry::sandbox
