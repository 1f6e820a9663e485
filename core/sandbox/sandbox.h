// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One sandbox from its creation to its deletion: its state, its deadlines, and while it is alive
// its instance, agent and sessions.
//
// Lives on the engine's thread. Every state is on disk before it shows here.
#pragma once

#include "base/result.h"
#include "runtime/runtime.h"
#include "sandbox/launch.h"
#include "sandbox/sandboxdefaults.h"
#include "sandbox/sandboxrecord.h"
#include "sandbox/terminals/terminaltable.h"
#include "sandbox/transitions.h"

#include <QElapsedTimer>
#include <QHash>
#include <QObject>

#include <memory>

namespace quarry::sandbox {

class BashSession;
class LayerKeeper;
class SandboxStore;

class Sandbox : public QObject
{
    Q_OBJECT
public:
    // What all sandboxes of a service share; outlives them.
    struct Context {
        SandboxStore &store;
        runtime::SandboxRuntime &runtime;
        LayerKeeper &layers;
        SandboxDefaults defaults;
    };

    // RECORD is on disk. Nothing is started.
    Sandbox(Context &context, SandboxRecord record, QObject *parent);
    ~Sandbox() override;

    const SandboxInfo &info() const { return m_record.info; }
    const SandboxRequest &request() const { return m_record.request; }

    // Begins to make a pending sandbox alive.
    void launch();
    // Ends it with EVENT for REASON; answers when nothing of it runs. Idempotent.
    void stop(Event event, const QString &reason, Callback<void> done);
    // Back to pending, and launches.
    Result<void> restart();
    // Deleted on disk, then its files go.
    void remove(Callback<void> done);
    // A state that an earlier engine left: stopped, for REASON.
    Result<void> settleAfterCrash(const QString &reason);

    // WrongState unless it is running.
    Result<agent::AgentClient *> agent() const;
    runtime::Instance *instance() const { return m_instance.get(); }

    // Sessions by name; owned by the sandbox.
    Result<void> addSession(const QString &name, std::unique_ptr<BashSession> session);
    Result<BashSession *> session(const QString &name) const;
    // Out of the list, when it is still that one.
    std::unique_ptr<BashSession> takeSession(const QString &name, const BashSession *session);
    QStringList sessionNames() const { return m_sessions.keys(); }
    // A file for the next session's recording.
    QString newRecording();

    // While it runs; afterwards there are none.
    TerminalTable &terminals() { return m_terminals; }

    // Renews the idle deadline. While a call holds it, it is never idle.
    void touch();
    std::shared_ptr<void> hold();
    // When the next deadline asks for something; invalid: none.
    QDateTime nextDeadline() const;
    // Does what is due at NOW.
    void checkDeadlines(const QDateTime &now);

    void statistics(Callback<SandboxStatistics> done);

Q_SIGNALS:
    void changed();
    // It is no longer pending.
    void settled();
    void removed();

private:
    Result<void> move(Event event, const QString &detail,
                      const std::function<void(SandboxInfo &)> &edit = {});
    void phase(const Phase &phase);
    void launched(Result<Launched> result);
    void lost(const QString &reason);
    void finishStop();
    void refreshAutoStop();
    void report(const SandboxStatistics &statistics, Callback<SandboxStatistics> done);

    Context &m_context;
    SandboxRecord m_record;
    std::unique_ptr<Launch> m_launch;
    std::unique_ptr<runtime::Instance> m_instance;
    std::unique_ptr<agent::AgentClient> m_agent;
    std::shared_ptr<const void> m_imageLocks;
    QHash<QString, BashSession *> m_sessions;
    TerminalTable m_terminals;
    QDateTime m_lastUse;
    int m_holders = 0;
    int m_recordings = 0;

    struct Stopping {
        Event event;
        QString reason;
        QList<Callback<void>> waiting;
    };
    std::optional<Stopping> m_stopping;

    qint64 m_cpuNanoseconds = 0; // at the last look
    QElapsedTimer m_sinceLook;
};

} // namespace quarry::sandbox
