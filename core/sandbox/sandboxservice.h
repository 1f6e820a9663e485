// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The sandboxes of one engine: their life, and the doors into a living one.
//
// Lives on the engine's thread and never blocks it. Every answer comes by callback, exactly once, never
// from inside the call; the exceptions are the plain getters, which answer from memory. A state is on
// disk before it is seen here.
#pragma once

#include "agent/client/agentclient.h"
#include "base/result.h"
#include "runtime/runtime.h"
#include "sandbox/bashsession.h"
#include "sandbox/command.h"
#include "sandbox/sandboxinfo.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>

namespace quarry::store {
class Database;
}

namespace quarry::sandbox {

class Sandbox;
class SandboxStore;

// What a request does not say, and what bounds them all.
struct SandboxDefaults {
    QString image = QStringLiteral("host");
    Network network = Network::None;
    qint64 memory = qint64(8) << 30;
    double cpus = 2;
    qint64 disk = qint64(50) << 30;
    int pids = 4096;
    qint64 idleSeconds = 6 * 3600;
    bool requireLimits = false;
    int max = 0; // how many may be alive at once; 0: as many as the machine's memory carries
    qint64 outputMax = 32 << 20;
    int rememberDays = 30; // deleted ones
    int rememberCount = 10000;
};

class SandboxService : public QObject
{
    Q_OBJECT
public:
    // FOLDER holds one folder for each sandbox. DATABASE and RUNTIME must outlive the service.
    SandboxService(store::Database &database, runtime::SandboxRuntime &runtime, QString folder,
                   SandboxDefaults defaults, QObject *parent = nullptr);
    ~SandboxService() override;

    // Reads what an earlier engine left, ends what it had running, sweeps: the text says what was done,
    // empty when nothing. Before this has answered no other call may be made.
    void recover(Callback<QString> done);

    // Answers as soon as the sandbox is on disk as pending. LimitExceeded when too many are alive,
    // AlreadyExists for a known id, NotFound for an unknown image, InvalidArgument, Unsupported.
    void start(const SandboxRequest &request, Callback<SandboxInfo> accepted);
    // Answers when ID is no longer pending, after MILLISECONDS at the latest (-1: its own deadline).
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

    // One command to its end. The token cancels: the whole process tree is killed, and the callback
    // gets Cancelled. It stays valid until then and may be dropped.
    class CommandHandle
    {
    public:
        virtual ~CommandHandle() = default;
        virtual void cancel() = 0;
    };
    std::shared_ptr<CommandHandle> execute(const QString &id, const CommandRequest &request,
                                           Callback<CommandResult> done);

    // Sessions by name; any text is a name. AlreadyExists, NotFound, WrongState.
    void createSession(const QString &id, const SessionSpec &spec, Callback<QString> output);
    // Queued behind the calls that the session already has.
    void runInSession(const QString &id, const QString &session, const RunSpec &spec,
                      Callback<RunResult> done);
    void closeSession(const QString &id, const QString &session, Callback<void> done);
    QStringList sessionNames(const QString &id) const;
    // Null with no such session.
    BashSession *session(const QString &id, const QString &name) const;

    // The agent of a living sandbox, for streams: files, processes, connections. WrongState or NotFound.
    // Borrowed; gone when the sandbox stops.
    Result<agent::AgentClient *> agent(const QString &id);

    void commit(const QString &id, const QString &imageTag, bool push, Callback<CommitInfo> started);
    Result<CommitInfo> commitInfo(const QString &id) const;

    // Processes, mounts, cgroups and folders that belong to no living engine and no known sandbox.
    void sweep(bool dryRun, Callback<QStringList> done);

    // Ends every sandbox ("stop" keeps files, "delete" does not) and answers when all are gone.
    void shutdown(bool remove, Callback<void> done);

Q_SIGNALS:
    // Batched, at most about 20 times a second.
    void sandboxesChanged(const QStringList &ids);
};

} // namespace quarry::sandbox
