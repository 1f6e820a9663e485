// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The sandboxes of one engine: their life, and the doors into a living one.
//
// Lives on the engine's thread and never blocks it. Every answer comes by callback, exactly once,
// never from inside the call; the exceptions are the plain getters, which answer from memory. A
// state is on disk before it is seen here.
#pragma once

#include "agent/client/agentclient.h"
#include "base/result.h"
#include "runtime/runtime.h"
#include "sandbox/commands/bashsession.h"
#include "sandbox/commands/command.h"
#include "sandbox/processes.h"
#include "sandbox/sandbox.h"
#include "sandbox/sandboxinfo.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace quarry::runtime {
class ImageStore;
class WorkerHost;
} // namespace quarry::runtime
namespace quarry::store {
class Database;
}

namespace quarry::sandbox {

class Committer;
class LayerKeeper;
class SandboxStore;

class SandboxService : public QObject
{
    Q_OBJECT
public:
    // FOLDER holds one folder for each sandbox. All but DEFAULTS must outlive the service.
    SandboxService(store::Database &database, runtime::SandboxRuntime &runtime,
                   runtime::ImageStore &images, runtime::WorkerHost &worker, const QString &folder,
                   SandboxDefaults defaults, QObject *parent = nullptr);
    ~SandboxService() override;

    // Reads what an earlier engine left, ends what it had running, sweeps: the text says what was
    // done, empty when nothing. Before this has answered no other call may be made.
    void recover(Callback<QString> done);

    // Answers as soon as the sandbox is on disk as pending. LimitExceeded when too many are alive,
    // AlreadyExists for a known id, NotFound for an unknown image, InvalidArgument, Unsupported.
    void start(const SandboxRequest &request, Callback<SandboxInfo> accepted);
    // Answers when ID is no longer pending, after MILLISECONDS at the latest (-1: its own
    // deadline).
    void awaitStart(const QString &id, int milliseconds, Callback<SandboxInfo> done);
    // Idempotent; a pending one is cancelled.
    void stop(const QString &id, Callback<void> done);
    // Only a stopped one; answers as start does.
    void restart(const QString &id, Callback<SandboxInfo> accepted);
    // From stopped; with FORCE from any state. Unknown and deleted ids are NotFound.
    void remove(const QString &id, bool force, Callback<void> done);

    Result<SandboxInfo> info(const QString &id) const;
    SandboxPage list(const SandboxFilter &filter) const;
    // Renews the idle deadline.
    void touch(const QString &id);
    int aliveCount() const;
    int capacity() const; // how many may be alive at once

    void statistics(const QString &id, Callback<SandboxStatistics> done);

    // Of a running one. Reading them is no use of the sandbox: its idle deadline stays.
    void processes(const QString &id, Callback<ProcessSnapshot> done);
    // ConnectionLost for a process that has ended, InvalidArgument for one that carries the
    // sandbox, PermissionDenied for another user's.
    void signalProcess(const QString &id, const ProcessSignal &signal, Callback<void> done);

    // One command to its end. Calling what it returns kills the whole process tree; DONE then gets
    // Cancelled. It may be dropped, and called at any time.
    std::function<void()> execute(const QString &id, const CommandRequest &request,
                                  Callback<CommandResult> done);

    // Sessions by name; any text is a name. AlreadyExists, NotFound, WrongState.
    void createSession(const QString &id, const SessionSpec &spec, Callback<QByteArray> output);
    // Queued behind the calls that the session already has. Calling what it returns takes a waiting
    // call out of the queue and lets a running one go on; DONE then gets Cancelled.
    std::function<void()> runInSession(const QString &id, const QString &session,
                                       const RunSpec &spec, Callback<RunResult> done);
    void closeSession(const QString &id, const QString &session, Callback<void> done);
    QStringList sessionNames(const QString &id) const;
    // Null with no such session.
    BashSession *session(const QString &id, const QString &name) const;

    // A person's shell in a running sandbox, with the sandbox's environment.
    Result<std::shared_ptr<Terminal>> openShell(const QString &id, const ShellSpec &spec);
    // Of a running sandbox; see TerminalTable.
    Result<TerminalTable *> terminals(const QString &id) const;

    // The agent of a living sandbox, for streams: files, processes, connections. WrongState or
    // NotFound. Borrowed; gone when the sandbox stops.
    Result<agent::AgentClient *> agent(const QString &id);
    // While what this returns lives, the sandbox is not idle.
    std::shared_ptr<void> hold(const QString &id);

    void commit(const QString &id, const QString &imageTag, bool push,
                Callback<CommitInfo> started);
    Result<CommitInfo> commitInfo(const QString &id) const;
    // It ends soon, as commitInfo() tells. WrongState when none runs.
    Result<void> cancelCommit(const QString &id);

    // Processes, mounts, cgroups and folders that belong to no living engine and no known sandbox.
    void sweep(bool dryRun, Callback<QStringList> done);

    // Ends every sandbox ("stop" keeps files, "delete" does not) and answers when all are gone.
    void shutdown(bool remove, Callback<void> done);

Q_SIGNALS:
    // Batched, at most about 20 times a second.
    void sandboxesChanged(const QStringList &ids);
    // Another terminal in terminals(ID), or one fewer.
    void terminalsChanged(const QString &id);

private:
    struct Waiter {
        Callback<SandboxInfo> done;
        std::unique_ptr<QTimer> timer; // null: waits for the start's own deadline
    };

    Result<SandboxRecord> newRecord(const SandboxRequest &request) const;
    Result<Sandbox *> living(const QString &id) const;
    Sandbox *adopt(SandboxRecord record);
    Result<void> roomForOneMore() const;
    void noteChange(const QString &id);
    void settle(const QString &id);
    void armDeadline(const QDateTime &due);
    void checkDeadlines();
    Result<BashSession *> findSession(const QString &id, const QString &name) const;

    std::unique_ptr<SandboxStore> m_store;
    std::unique_ptr<LayerKeeper> m_layers;
    runtime::SandboxRuntime &m_runtime;
    std::unique_ptr<Sandbox::Context> m_context;
    std::unique_ptr<Committer> m_committer;
    QHash<QString, Sandbox *> m_sandboxes; // all but the deleted
    std::map<QString, std::vector<Waiter>> m_waiters;
    QSet<QString> m_changed;
    QTimer m_changeTimer;
    QTimer m_deadlineTimer;
    bool m_closing = false;
};

} // namespace quarry::sandbox
