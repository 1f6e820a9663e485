// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A runtime puts an agent somewhere and takes it away again without leaving anything behind.
//
// Everything here lives on the engine's thread, which is never blocked: what takes time runs on a
// thread of the runtime's own. Callbacks come exactly once, on the engine's thread, never from
// inside the call.
#pragma once

#include "base/result.h"
#include "base/uniquefd.h"
#include "runtime/capabilities.h"
#include "runtime/instancespec.h"

#include <QObject>
#include <QStringList>

#include <memory>

namespace quarry::runtime {

// Counters since the start of an instance; -1 where this machine does not tell (ask the agent
// then).
struct InstanceStatistics {
    qint64 cpuNanoseconds = -1;
    qint64 memoryBytes = -1; // without reclaimable page cache
    qint64 processes = -1;
    qint64 networkBytes = -1; // in and out, loopback left aside
};

// One living instance. Destroying it is a stop that nobody waits for.
class Instance : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual QString id() const = 0;
    // The byte stream to the agent, a non-blocking close-on-exec stream socket; once, then empty.
    virtual UniqueFd takeAgentStream() = 0;
    virtual EffectiveLimits effectiveLimits() const = 0;
    // Host pid of the agent, for diagnosis; 0 when it has gone.
    virtual qint64 agentPid() const = 0;
    virtual InstanceStatistics statistics() const = 0; // a few reads of kernel files, microseconds
    // How many processes the kernel has killed for this instance's memory limit; 0 where not told.
    virtual qint64 oomKills() const = 0;

    // Kills every process and takes mounts, cgroups, helper processes and the uid range away. The
    // layer stays. Answers when nothing is left, or with Timeout naming what is after MILLISECONDS
    // (the rest then goes on in the background). May be called more than once, also after ended().
    virtual void stop(int milliseconds, Callback<void> done) = 0;

Q_SIGNALS:
    // The instance died without stop(): REASON is a sentence. stop() is still needed to clean up.
    void ended(const QString &reason);
    void outOfMemory();
};

struct SweepReport {
    QStringList items; // one thing found (and, unless a dry run, removed) each, for a person
    QStringList failed; // what could not be removed, with the reason
};

class SandboxRuntime : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    // PHASE is "image", "limits", "layer", "network" or "agent"; TEXT a few words for a person.
    using Progress = std::function<void(const QString &phase, const QString &text)>;

    virtual QString name() const = 0; // "bubblewrap"
    // Finds out what this machine can do, by trying; before any start.
    virtual void prepare(Callback<Capabilities> done) = 0;
    virtual Capabilities capabilities() const = 0; // empty before prepare has answered

    // Unsupported (with the capability's reason), LimitExceeded (requireLimits, no uids left),
    // InvalidArgument (bind, id), NotFound, NoSpace, Timeout, Io. A failed start leaves nothing but
    // the layer folder.
    virtual void start(const InstanceSpec &spec, Progress progress,
                       Callback<std::unique_ptr<Instance>> done)
        = 0;
    // Ends the start of ID; its callback gets Cancelled. Unknown ids are ignored.
    virtual void cancelStart(const QString &id) = 0;

    // Processes and cgroups of engines of this data folder that no longer live. Folders are the
    // caller's: it knows which sandboxes there are.
    virtual void sweep(bool dryRun, Callback<SweepReport> done) = 0;
};

} // namespace quarry::runtime
