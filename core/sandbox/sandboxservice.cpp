// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandboxservice.h"

#include "base/clock.h"
#include "base/ids.h"
#include "base/pool.h"
#include "sandbox/capacity.h"
#include "sandbox/commands/commandrun.h"
#include "sandbox/committer.h"
#include "sandbox/layerkeeper.h"
#include "sandbox/sandboxstore.h"
#include "sandbox/validation.h"

#include <algorithm>
#include <limits>

namespace quarry::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int changeMilliseconds = 50;

} // namespace

SandboxService::SandboxService(store::Database &database, runtime::SandboxRuntime &runtime,
                               runtime::ImageStore &images, runtime::WorkerHost &worker,
                               const QString &folder, SandboxDefaults defaults, QObject *parent)
    : QObject(parent), m_store(std::make_unique<SandboxStore>(database)),
      m_layers(std::make_unique<LayerKeeper>(images, worker, folder)), m_runtime(runtime),
      m_context(new Sandbox::Context{*m_store, runtime, *m_layers, std::move(defaults)}),
      m_committer(std::make_unique<Committer>(*m_layers))
{
    m_changeTimer.setSingleShot(true);
    m_changeTimer.setInterval(changeMilliseconds);
    connect(&m_changeTimer, &QTimer::timeout, this, [this] {
        const QStringList ids(m_changed.begin(), m_changed.end());
        m_changed.clear();
        Q_EMIT sandboxesChanged(ids);
    });
    m_deadlineTimer.setSingleShot(true);
    connect(&m_deadlineTimer, &QTimer::timeout, this, &SandboxService::checkDeadlines);
    connect(m_committer.get(), &Committer::commitChanged, this, &SandboxService::noteChange);
}

SandboxService::~SandboxService()
{
    qDeleteAll(std::exchange(m_sandboxes, {}));
}

Sandbox *SandboxService::adopt(SandboxRecord record)
{
    const QString id = record.info.id;
    auto *sandbox = new Sandbox(*m_context, std::move(record), this);
    m_sandboxes.insert(id, sandbox);
    connect(sandbox, &Sandbox::changed, this, [this, id, sandbox] {
        noteChange(id);
        armDeadline(sandbox->nextDeadline());
    });
    connect(sandbox, &Sandbox::settled, this, [this, id] { settle(id); });
    connect(&sandbox->terminals(), &TerminalTable::changed, this,
            [this, id] { Q_EMIT terminalsChanged(id); });
    connect(sandbox, &Sandbox::removed, this, [this, id, sandbox] {
        m_sandboxes.remove(id);
        sandbox->deleteLater();
    });
    return sandbox;
}

Result<SandboxRecord> SandboxService::newRecord(const SandboxRequest &request) const
{
    if (const auto checked = checkRequest(request); !checked)
        return checked.error();
    SandboxRecord record{request, {}};
    SandboxRequest &wanted = record.request;
    if (wanted.image.isEmpty())
        wanted.image = m_context->defaults.image;
    if (wanted.id.isEmpty())
        wanted.id = randomHex(16);
    const auto image = m_layers->resolve(wanted.image);
    if (!image)
        return image.error();
    SandboxInfo &info = record.info;
    info.id = wanted.id;
    info.image = wanted.image;
    info.servedBy = image->servedBy;
    info.network = wanted.network.value_or(m_context->defaults.network);
    info.userId = wanted.userId;
    info.experimentId = wanted.experimentId;
    info.nameSpace = wanted.nameSpace;
    info.labels = wanted.labels;
    const auto asked = [&](const QString &name, double value) {
        info.limits.insert(name, {value, value, false, {}});
    };
    const SandboxDefaults &defaults = m_context->defaults;
    asked(u"memory"_s, double(wanted.memory.value_or(defaults.memory)));
    asked(u"cpus"_s, wanted.cpus.value_or(defaults.cpus));
    asked(u"pids"_s, wanted.pids.value_or(defaults.pids));
    asked(u"disk"_s, double(wanted.disk.value_or(defaults.disk)));
    info.createTime = utcNow();
    info.history = {{QString(), toString(State::Pending), u"create"_s, info.createTime}};
    return record;
}

Result<void> SandboxService::roomForOneMore() const
{
    if (m_closing)
        return {ErrorCode::WrongState, u"The engine is stopping."_s};
    if (aliveCount() < capacity())
        return {};
    return {
        ErrorCode::LimitExceeded,
        u"%1 sandboxes are alive, as many as this engine carries: stop one, or raise sandbox.max."_s
            .arg(aliveCount()),
        {{u"capacity"_s, capacity()}}};
}

void SandboxService::start(const SandboxRequest &request, Callback<SandboxInfo> accepted)
{
    const auto refuse
        = [&](const Error &error) { answerLater<SandboxInfo>(this, std::move(accepted), error); };
    if (const auto room = roomForOneMore(); !room)
        return refuse(room.error());
    auto record = newRecord(request);
    if (!record)
        return refuse(record.error());
    if (const auto inserted = m_store->insert(*record); !inserted)
        return refuse(inserted.error());
    Sandbox *sandbox = adopt(std::move(*record));
    sandbox->launch();
    noteChange(sandbox->info().id);
    answerLater<SandboxInfo>(this, std::move(accepted), sandbox->info());
}

void SandboxService::awaitStart(const QString &id, int milliseconds, Callback<SandboxInfo> done)
{
    Sandbox *sandbox = m_sandboxes.value(id);
    if (!sandbox || !sandbox->info().pending()) {
        answerLater<SandboxInfo>(this, std::move(done), info(id));
        return;
    }
    Waiter waiter{std::move(done), nullptr};
    if (milliseconds >= 0) {
        waiter.timer = std::make_unique<QTimer>();
        QTimer *timer = waiter.timer.get();
        timer->setSingleShot(true);
        connect(timer, &QTimer::timeout, this, [this, id, timer] {
            auto &waiters = m_waiters[id];
            const auto late = std::find_if(waiters.begin(), waiters.end(), [&](const Waiter &each) {
                return each.timer.get() == timer;
            });
            const auto callback = std::move(late->done);
            late->timer.release()->deleteLater();
            waiters.erase(late);
            callback(info(id));
        });
        timer->start(milliseconds);
    }
    m_waiters[id].push_back(std::move(waiter));
}

void SandboxService::settle(const QString &id)
{
    auto waiting = m_waiters.extract(id);
    if (waiting.empty())
        return;
    for (Waiter &waiter : waiting.mapped())
        answerLater<SandboxInfo>(this, std::move(waiter.done), info(id));
}

Result<Sandbox *> SandboxService::living(const QString &id) const
{
    if (Sandbox *sandbox = m_sandboxes.value(id))
        return sandbox;
    if (const auto record = m_store->load(id); record.ok())
        return {ErrorCode::WrongState,
                u"Sandbox %1 is deleted."_s.arg(id),
                {{u"state"_s, u"deleted"_s}}};
    return {ErrorCode::NotFound, u"Sandbox %1 is not known."_s.arg(id)};
}

void SandboxService::stop(const QString &id, Callback<void> done)
{
    const auto sandbox = living(id);
    if (sandbox.ok()) {
        (*sandbox)->stop(Event::Stop, {}, std::move(done));
        return;
    }
    const bool deleted = sandbox.error().code == ErrorCode::WrongState;
    answerLater<void>(this, std::move(done),
                      deleted ? Result<void>() : Result<void>(sandbox.error()));
}

void SandboxService::restart(const QString &id, Callback<SandboxInfo> accepted)
{
    const auto sandbox = living(id);
    Result<void> restarted = sandbox.ok() ? Result<void>() : Result<void>(sandbox.error());
    if (restarted.ok() && (*sandbox)->info().state == State::Stopped)
        restarted = roomForOneMore();
    if (restarted.ok())
        restarted = (*sandbox)->restart();
    answerLater<SandboxInfo>(this, std::move(accepted),
                             restarted.ok() ? Result<SandboxInfo>((*sandbox)->info())
                                            : Result<SandboxInfo>(restarted.error()));
}

void SandboxService::remove(const QString &id, bool force, Callback<void> done)
{
    const auto sandbox = living(id);
    if (!sandbox) {
        answerLater<void>(this, std::move(done),
                          Error{ErrorCode::NotFound, sandbox.error().message, {}});
        return;
    }
    if (!force) {
        (*sandbox)->remove(std::move(done));
        return;
    }
    (*sandbox)->stop(Event::Stop, {},
                     [alive = QPointer<Sandbox>(*sandbox), done](const Result<void> &stopped) {
                         if (!stopped || !alive)
                             done(stopped);
                         else
                             alive->remove(done);
                     });
}

Result<SandboxInfo> SandboxService::info(const QString &id) const
{
    if (const Sandbox *sandbox = m_sandboxes.value(id))
        return sandbox->info();
    auto record = m_store->load(id);
    if (!record)
        return record.error();
    return std::move(record->info);
}

SandboxPage SandboxService::list(const SandboxFilter &filter) const
{
    SandboxPage page;
    const auto ids = m_store->select(filter, &page.total);
    if (!ids)
        return page;
    for (const QString &id : *ids) {
        if (auto found = info(id); found.ok())
            page.items.append(std::move(*found));
    }
    return page;
}

void SandboxService::touch(const QString &id)
{
    if (Sandbox *sandbox = m_sandboxes.value(id))
        sandbox->touch();
}

int SandboxService::aliveCount() const
{
    return int(std::count_if(m_sandboxes.begin(), m_sandboxes.end(), [](const Sandbox *sandbox) {
        return sandbox->info().alive() || sandbox->info().pending();
    }));
}

int SandboxService::capacity() const
{
    return m_context->defaults.max > 0 ? m_context->defaults.max : machineCapacity();
}

void SandboxService::commit(const QString &id, const QString &imageTag, bool push,
                            Callback<CommitInfo> started)
{
    const auto sandbox = living(id);
    Result<CommitInfo> begun
        = sandbox.ok() ? Result<CommitInfo>(CommitInfo{}) : Result<CommitInfo>(sandbox.error());
    if (begun.ok() && (*sandbox)->info().pending())
        begun = Error{ErrorCode::WrongState, u"Sandbox %1 is still starting."_s.arg(id), {}};
    if (begun.ok()) {
        (*sandbox)->touch();
        begun = m_committer->begin(id, imageTag, push);
    }
    answerLater<CommitInfo>(this, std::move(started), std::move(begun));
}

Result<CommitInfo> SandboxService::commitInfo(const QString &id) const
{
    return m_committer->info(id);
}

Result<void> SandboxService::cancelCommit(const QString &id)
{
    return m_committer->cancel(id);
}

void SandboxService::noteChange(const QString &id)
{
    m_changed.insert(id);
    if (!m_changeTimer.isActive())
        m_changeTimer.start();
}

void SandboxService::armDeadline(const QDateTime &due)
{
    if (!due.isValid())
        return;
    const auto wait
        = int(std::clamp<qint64>(utcNow().msecsTo(due) + 1, 0, std::numeric_limits<int>::max()));
    // Firing early costs one look; being late is what must not be.
    if (!m_deadlineTimer.isActive() || m_deadlineTimer.remainingTime() > wait)
        m_deadlineTimer.start(wait);
}

void SandboxService::checkDeadlines()
{
    const QDateTime now = utcNow();
    const auto sandboxes = m_sandboxes.values();
    for (Sandbox *sandbox : sandboxes) {
        sandbox->checkDeadlines(now);
        armDeadline(sandbox->nextDeadline());
    }
}

void SandboxService::statistics(const QString &id, Callback<SandboxStatistics> done)
{
    const auto sandbox = living(id);
    if (!sandbox)
        answerLater<SandboxStatistics>(this, std::move(done), sandbox.error());
    else
        (*sandbox)->statistics(std::move(done));
}

void SandboxService::processes(const QString &id, Callback<ProcessSnapshot> done)
{
    const auto sandbox = living(id);
    const auto agent
        = sandbox.ok() ? (*sandbox)->agent() : Result<agent::AgentClient *>(sandbox.error());
    if (!agent) {
        answerLater<ProcessSnapshot>(this, std::move(done), agent.error());
        return;
    }
    (*agent)->processes(this, [done = std::move(done)](const Result<agent::ProcessList> &list) {
        done(list ? Result<ProcessSnapshot>(toSnapshot(*list))
                  : Result<ProcessSnapshot>(list.error()));
    });
}

void SandboxService::signalProcess(const QString &id, const ProcessSignal &signal,
                                   Callback<void> done)
{
    const auto living = agent(id);
    if (!living) {
        answerLater<void>(this, std::move(done), living.error());
        return;
    }
    const agent::SignalRequest request{signal.pid, quint64(signal.startedMicroseconds),
                                       quint8(signal.signal), signal.tree};
    (*living)->signalProcess(request, this, std::move(done));
}

Result<agent::AgentClient *> SandboxService::agent(const QString &id)
{
    const auto sandbox = living(id);
    if (!sandbox)
        return sandbox.error();
    (*sandbox)->touch();
    return (*sandbox)->agent();
}

std::shared_ptr<void> SandboxService::hold(const QString &id)
{
    Sandbox *sandbox = m_sandboxes.value(id);
    return sandbox ? sandbox->hold() : nullptr;
}

std::function<void()> SandboxService::execute(const QString &id, const CommandRequest &request,
                                              Callback<CommandResult> done)
{
    const auto sandbox = living(id);
    const auto agent
        = sandbox.ok() ? (*sandbox)->agent() : Result<agent::AgentClient *>(sandbox.error());
    if (!agent) {
        answerLater<CommandResult>(this, std::move(done), agent.error());
        return [] { };
    }
    auto *run = new CommandRun(**agent, request, (*sandbox)->instance());
    run->begin([held = (*sandbox)->hold(), done = std::move(done)](Result<CommandResult> result) {
        done(std::move(result));
    });
    return [run = QPointer<CommandRun>(run)] {
        if (run)
            run->cancel();
    };
}

void SandboxService::createSession(const QString &id, const SessionSpec &spec,
                                   Callback<QByteArray> output)
{
    const auto sandbox = living(id);
    const auto agent
        = sandbox.ok() ? (*sandbox)->agent() : Result<agent::AgentClient *>(sandbox.error());
    if (!agent) {
        answerLater<QByteArray>(this, std::move(output), agent.error());
        return;
    }
    SessionSpec full = spec;
    full.recordingFile = (*sandbox)->newRecording();
    full.outputMax = std::min(spec.outputMax, m_context->defaults.outputMax);
    for (auto it = (*sandbox)->request().env.begin(); it != (*sandbox)->request().env.end(); ++it) {
        if (!full.env.contains(it.key()))
            full.env.insert(it.key(), it.value());
    }
    auto created = std::make_unique<BashSession>(**agent, full);
    BashSession *session = created.get();
    if (const auto added = (*sandbox)->addSession(spec.name, std::move(created)); !added) {
        answerLater<QByteArray>(this, std::move(output), added.error());
        return;
    }
    session->start([held = (*sandbox)->hold(), sandbox = QPointer<Sandbox>(*sandbox),
                    name = spec.name, session = QPointer<BashSession>(session),
                    output = std::move(output)](Result<QByteArray> result) {
        if (!result && sandbox && session) {
            if (auto failed = sandbox->takeSession(name, session))
                failed.release()->deleteLater();
        }
        output(std::move(result));
    });
}

Result<std::shared_ptr<Terminal>> SandboxService::openShell(const QString &id,
                                                            const ShellSpec &spec)
{
    const auto sandbox = living(id);
    const auto agent
        = sandbox.ok() ? (*sandbox)->agent() : Result<agent::AgentClient *>(sandbox.error());
    if (!agent)
        return agent.error();
    ShellSpec full = spec;
    full.recordingFile = (*sandbox)->newRecording();
    full.env = (*sandbox)->request().env;
    full.env.insert(spec.env);
    return (*sandbox)->terminals().open(**agent, full);
}

Result<TerminalTable *> SandboxService::terminals(const QString &id) const
{
    const auto sandbox = living(id);
    if (!sandbox)
        return sandbox.error();
    if (const auto agent = (*sandbox)->agent(); !agent)
        return agent.error();
    return &(*sandbox)->terminals();
}

Result<BashSession *> SandboxService::findSession(const QString &id, const QString &name) const
{
    const auto sandbox = living(id);
    return sandbox.ok() ? (*sandbox)->session(name) : Result<BashSession *>(sandbox.error());
}

std::function<void()> SandboxService::runInSession(const QString &id, const QString &name,
                                                   const RunSpec &spec, Callback<RunResult> done)
{
    const auto session = findSession(id, name);
    if (!session) {
        answerLater<RunResult>(this, std::move(done), session.error());
        return [] { };
    }
    const quint64 call = (*session)->run(
        spec, [held = hold(id), done = std::move(done)](Result<RunResult> result) {
            done(std::move(result));
        });
    return [call, session = QPointer<BashSession>(*session)] {
        if (session)
            session->cancel(call, false);
    };
}

void SandboxService::closeSession(const QString &id, const QString &name, Callback<void> done)
{
    const auto session = findSession(id, name);
    if (!session) {
        answerLater<void>(this, std::move(done), session.error());
        return;
    }
    BashSession *closing = m_sandboxes.value(id)->takeSession(name, *session).release();
    closing->close([closing = QPointer<BashSession>(closing), held = hold(id),
                    done = std::move(done)](const Result<void> &closed) {
        if (closing)
            closing->deleteLater();
        done(closed);
    });
}

QStringList SandboxService::sessionNames(const QString &id) const
{
    const Sandbox *sandbox = m_sandboxes.value(id);
    return sandbox ? sandbox->sessionNames() : QStringList();
}

BashSession *SandboxService::session(const QString &id, const QString &name) const
{
    const auto session = findSession(id, name);
    return session.ok() ? *session : nullptr;
}

void SandboxService::recover(Callback<QString> done)
{
    auto records = m_store->loadLiving();
    if (!records) {
        answerLater<QString>(this, std::move(done), records.error());
        return;
    }
    QStringList ended;
    for (SandboxRecord &record : *records) {
        const QString id = record.info.id;
        const bool lived = record.info.alive() || record.info.pending();
        Sandbox *sandbox = adopt(std::move(record));
        if (!lived)
            continue;
        const auto settled = sandbox->settleAfterCrash(u"the engine ended without stopping it"_s);
        if (!settled) {
            answerLater<QString>(this, std::move(done), settled.error());
            return;
        }
        ended.append(id);
    }
    const SandboxDefaults &defaults = m_context->defaults;
    if (const auto forgotten
        = m_store->forget(utcNow().addDays(-defaults.rememberDays), defaults.rememberCount);
        !forgotten) {
        answerLater<QString>(this, std::move(done), forgotten.error());
        return;
    }
    checkDeadlines();
    sweep(false, [ended, done = std::move(done)](Result<QStringList> swept) {
        if (!swept) {
            done(swept.error());
            return;
        }
        QStringList told = *swept;
        if (!ended.isEmpty())
            told.prepend(
                u"%1 sandboxes of an engine that was killed are stopped now: %2"_s.arg(ended.size())
                    .arg(ended.join(u", "_s)));
        done(told.join(u'\n'));
    });
}

void SandboxService::sweep(bool dryRun, Callback<QStringList> done)
{
    m_runtime.sweep(
        dryRun, [this, dryRun, done = std::move(done)](Result<runtime::SweepReport> report) {
            if (!report) {
                done(report.error());
                return;
            }
            m_layers->sweep(
                m_sandboxes.keys(), dryRun,
                [found = report->items + report->failed, done](Result<QStringList> folders) {
                    done(folders.ok() ? Result<QStringList>(found + *folders)
                                      : Result<QStringList>(folders.error()));
                });
        });
}

void SandboxService::shutdown(bool remove, Callback<void> done)
{
    m_closing = true;
    const auto left = std::make_shared<qsizetype>(m_sandboxes.size());
    if (*left == 0) {
        answerLater<void>(this, std::move(done), {});
        return;
    }
    const auto one = [left, done](const Result<void> &) {
        if (--*left == 0)
            done({});
    };
    const auto ids = m_sandboxes.keys();
    for (const QString &id : ids) {
        if (remove)
            this->remove(id, true, one);
        else
            m_sandboxes.value(id)->stop(Event::Stop, u"the engine stops"_s, one);
    }
}

} // namespace quarry::sandbox
