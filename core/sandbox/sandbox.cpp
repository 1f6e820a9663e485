// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandbox.h"

#include "base/clock.h"
#include "base/pool.h"
#include "sandbox/commands/bashsession.h"
#include "sandbox/layerkeeper.h"
#include "sandbox/sandboxstore.h"

#include <QPointer>
#include <QTimer>

#include <algorithm>
#include <limits>

namespace quarry::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int stopMilliseconds = 10000;
constexpr int lostMilliseconds = 3000;

} // namespace

Sandbox::Sandbox(Context &context, SandboxRecord record, QObject *parent)
    : QObject(parent), m_context(context), m_record(std::move(record)), m_lastUse(utcNow())
{
}

Sandbox::~Sandbox()
{
    m_terminals.abandon(u"The sandbox is gone."_s);
    qDeleteAll(std::exchange(m_sessions, {}));
    m_launch.reset();
    m_agent.reset();
}

QString Sandbox::newRecording()
{
    const QString start = info().startTime.toString(u"yyyyMMdd-HHmmss"_s);
    return u"%1/session-%2-%3.cast"_s.arg(m_context.layers.sandboxFolder(info().id), start)
        .arg(++m_recordings);
}

Result<void> Sandbox::move(Event event, const QString &detail,
                           const std::function<void(SandboxInfo &)> &edit)
{
    const auto next = transition(info().id, info().state, event);
    if (!next)
        return next.error();
    const HistoryEntry entry{
        toString(info().state), toString(*next),
        detail.isEmpty() ? toString(event) : toString(event) + u": "_s + detail, utcNow()};
    SandboxRecord changed = m_record;
    changed.info.state = *next;
    changed.info.history.append(entry);
    if (edit)
        edit(changed.info);
    if (const auto saved = m_context.store.update(changed, entry); !saved)
        return saved;
    const bool wasPending = info().pending();
    m_record = std::move(changed);
    Q_EMIT this->changed();
    if (wasPending)
        Q_EMIT settled();
    return {};
}

void Sandbox::phase(const Phase &phase)
{
    QList<Phase> &phases = m_record.info.phases;
    const auto known = std::find_if(phases.begin(), phases.end(),
                                    [&](const Phase &each) { return each.name == phase.name; });
    if (known == phases.end())
        phases.append(phase);
    else
        *known = phase.message.isEmpty() ? Phase{phase.name, phase.status, known->message} : phase;
    Q_EMIT changed();
}

void Sandbox::launch()
{
    const bool fresh = !info().startTime.isValid();
    m_record.info.phases.clear();
    for (const QString &name : {u"image"_s, u"layer"_s, u"limits"_s, u"network"_s, u"agent"_s})
        m_record.info.phases.append({name, u"waiting"_s, {}});
    m_launch = std::make_unique<Launch>(m_context.runtime, m_context.layers, m_context.defaults,
                                        request(), info().id, fresh, nullptr);
    connect(m_launch.get(), &Launch::phaseChanged, this, &Sandbox::phase);
    m_launch->begin([self = QPointer<Sandbox>(this)](Result<Launched> result) {
        if (self)
            self->launched(std::move(result));
    });
}

void Sandbox::launched(Result<Launched> result)
{
    auto launch = std::move(m_launch);
    launch->disconnect(this);
    if (!result) {
        m_instance = launch->takeInstance();
        launch.release()->deleteLater();
        if (!m_stopping)
            m_stopping = Stopping{Event::StartFailed, result.error().message, {}};
        finishStop();
        return;
    }
    launch.release()->deleteLater();

    m_instance = std::move(result->instance);
    m_agent = std::move(result->agent);
    m_imageLocks = std::move(result->imageLocks);
    connect(m_instance.get(), &runtime::Instance::ended, this, &Sandbox::lost);
    // Its instance knows better why, a moment later.
    connect(m_agent.get(), &agent::AgentClient::lost, this, [this](const Error &error) {
        QTimer::singleShot(lostMilliseconds, m_agent.get(),
                           [this, reason = error.message] { lost(reason); });
    });
    for (Phase &each : m_record.info.phases)
        each.status = u"success"_s;
    m_lastUse = utcNow();
    m_cpuNanoseconds = 0;
    m_sinceLook.start();
    const auto moved = move(Event::Started, {}, [&](SandboxInfo &info) {
        info.limits = result->limits;
        info.servedBy = result->servedBy;
        info.startTime = m_lastUse;
        info.stopTime = {};
        info.reason.clear();
    });
    refreshAutoStop();
    if (!moved)
        stop(Event::StartFailed, moved.error().message, [](const Result<void> &) { });
}

void Sandbox::lost(const QString &reason)
{
    if (!m_stopping)
        stop(Event::Ended, reason, [](const Result<void> &) { });
}

void Sandbox::stop(Event event, const QString &reason, Callback<void> done)
{
    if (info().state != State::Pending && info().state != State::Running) {
        answerLater<void>(this, std::move(done), {});
        return;
    }
    if (m_stopping) {
        m_stopping->waiting.append(std::move(done));
        return;
    }
    m_stopping = Stopping{event, reason, {std::move(done)}};
    Q_EMIT changed();
    if (m_launch)
        m_launch->cancel(); // goes on in launched()
    else
        finishStop();
}

void Sandbox::finishStop()
{
    const QString words = m_stopping->reason.isEmpty()
        ? u"The sandbox was stopped."_s
        : u"The sandbox was stopped: %1."_s.arg(m_stopping->reason);
    m_terminals.abandon(words);
    for (BashSession *session : std::as_const(m_sessions))
        session->endRecording(words);
    qDeleteAll(std::exchange(m_sessions, {}));
    if (m_agent) {
        m_agent->disconnect(this);
        m_agent.release()->deleteLater();
    }
    const auto stopped = [self = QPointer<Sandbox>(this)](const Result<void> &ended) {
        if (!self)
            return;
        if (self->m_instance)
            self->m_instance.release()->deleteLater();
        self->m_imageLocks.reset();
        auto stopping = std::move(*self->m_stopping);
        self->m_stopping.reset();
        const QDateTime now = utcNow();
        const QString reason
            = ended.ok() ? stopping.reason : stopping.reason + u' ' + ended.error().message;
        Result<void> moved = self->move(stopping.event, reason, [&](SandboxInfo &info) {
            info.stopTime = now;
            info.reason = reason;
            if (const auto seconds = self->request().autoDeleteSeconds)
                info.autoDeleteTime = now.addSecs(*seconds);
        });
        for (const Callback<void> &each : std::as_const(stopping.waiting))
            each(moved);
    };
    if (!m_instance) {
        QMetaObject::invokeMethod(this, [stopped] { stopped({}); }, Qt::QueuedConnection);
        return;
    }
    m_instance->disconnect(this);
    m_instance->stop(stopMilliseconds, stopped);
}

Result<void> Sandbox::restart()
{
    if (m_stopping)
        return {ErrorCode::WrongState,
                u"Sandbox %1 is stopping; try again when it has stopped."_s.arg(info().id)};
    const auto moved = move(Event::Restart, {}, [](SandboxInfo &info) {
        info.autoDeleteTime = {};
        info.reason.clear();
        for (Phase &each : info.phases)
            each = {each.name, u"waiting"_s, {}};
    });
    if (moved.ok())
        launch();
    return moved;
}

void Sandbox::remove(Callback<void> done)
{
    const auto moved = move(Event::Delete, {}, [](SandboxInfo &info) {
        info.deleteTime = utcNow();
        info.autoDeleteTime = {};
    });
    if (!moved) {
        answerLater<void>(this, std::move(done), moved);
        return;
    }
    m_context.layers.remove(
        info().id,
        [self = QPointer<Sandbox>(this), done = std::move(done)](const Result<void> &gone) {
            if (self)
                Q_EMIT self->removed();
            done(gone);
        });
}

Result<void> Sandbox::settleAfterCrash(const QString &reason)
{
    return move(Event::Ended, reason, [this, &reason](SandboxInfo &info) {
        info.stopTime = utcNow();
        info.reason = reason;
        if (const auto seconds = request().autoDeleteSeconds)
            info.autoDeleteTime = info.stopTime.addSecs(*seconds);
    });
}

Result<agent::AgentClient *> Sandbox::agent() const
{
    if (m_stopping)
        return {ErrorCode::WrongState, u"Sandbox %1 is stopping."_s.arg(info().id)};
    if (info().state != State::Running || !m_agent) {
        return {ErrorCode::WrongState,
                u"Sandbox %1 is %2, not running."_s.arg(info().id, toString(info().state)),
                {{u"state"_s, toString(info().state)}}};
    }
    return m_agent.get();
}

Result<void> Sandbox::addSession(const QString &name, std::unique_ptr<BashSession> session)
{
    BashSession *known = m_sessions.value(name);
    if (known && known->ended())
        known->deleteLater();
    else if (known) {
        return {ErrorCode::AlreadyExists,
                u"Session \"%1\" already exists in sandbox %2."_s.arg(name, info().id)};
    }
    m_terminals.watch(*session);
    m_sessions.insert(name, session.release());
    return {};
}

Result<BashSession *> Sandbox::session(const QString &name) const
{
    if (BashSession *session = m_sessions.value(name))
        return session;
    if (const auto living = agent(); !living)
        return living.error();
    return {ErrorCode::NotFound,
            u"Session \"%1\" does not exist in sandbox %2."_s.arg(name, info().id)};
}

std::unique_ptr<BashSession> Sandbox::takeSession(const QString &name, const BashSession *session)
{
    if (m_sessions.value(name) != session)
        return nullptr;
    return std::unique_ptr<BashSession>(m_sessions.take(name));
}

void Sandbox::touch()
{
    m_lastUse = utcNow();
    refreshAutoStop();
}

std::shared_ptr<void> Sandbox::hold()
{
    ++m_holders;
    touch();
    return std::shared_ptr<void>(nullptr, [self = QPointer<Sandbox>(this)](void *) {
        if (!self)
            return;
        --self->m_holders;
        self->touch();
    });
}

void Sandbox::refreshAutoStop()
{
    SandboxInfo &info = m_record.info;
    info.autoStopTime = {};
    if (!info.alive())
        return;
    const qint64 idle = request().idleSeconds.value_or(m_context.defaults.idleSeconds);
    if (idle > 0)
        info.autoStopTime = m_lastUse.addSecs(idle);
    if (request().autoStopSeconds) {
        const QDateTime last = info.startTime.addSecs(*request().autoStopSeconds);
        if (!info.autoStopTime.isValid() || last < info.autoStopTime)
            info.autoStopTime = last;
    }
}

QDateTime Sandbox::nextDeadline() const
{
    if (m_stopping)
        return {};
    return info().alive() ? info().autoStopTime : info().autoDeleteTime;
}

void Sandbox::checkDeadlines(const QDateTime &now)
{
    if (info().alive() && m_holders > 0) {
        m_lastUse = now;
        refreshAutoStop();
    }
    const QDateTime due = nextDeadline();
    if (!due.isValid() || due > now)
        return;
    const auto nobody = [](const Result<void> &) { };
    if (info().state == State::Stopped) {
        remove(nobody);
        return;
    }
    const qint64 idle = request().idleSeconds.value_or(m_context.defaults.idleSeconds);
    const bool wasIdle = idle > 0 && m_lastUse.secsTo(now) >= idle;
    stop(Event::Stop,
         wasIdle ? u"nobody used it for %1 s"_s.arg(idle)
                 : u"its time of %1 s is over"_s.arg(request().autoStopSeconds.value_or(0)),
         nobody);
}

void Sandbox::statistics(Callback<SandboxStatistics> done)
{
    const auto living = agent();
    if (!living) {
        answerLater<SandboxStatistics>(this, std::move(done), living.error());
        return;
    }
    const QPointer<Sandbox> self(this);
    // The kernel's counters of the cgroup where there is one, the agent's own sums elsewhere.
    (*living)->statistics(this, [self, done = std::move(done)](Result<agent::Statistics> sums) {
        if (!self || !self->m_instance) {
            done({ErrorCode::WrongState, u"The sandbox has stopped."_s});
            return;
        }
        if (!sums) {
            done(sums.error());
            return;
        }
        const runtime::InstanceStatistics kernel = self->m_instance->statistics();
        SandboxStatistics result;
        result.memoryBytes
            = kernel.memoryBytes >= 0 ? kernel.memoryBytes : qint64(sums->memoryBytes);
        result.processes = kernel.processes >= 0 ? kernel.processes : qint64(sums->processes);
        result.networkBytes = kernel.networkBytes >= 0
            ? kernel.networkBytes
            : qint64(sums->receivedBytes + sums->sentBytes);
        const qint64 cpu = kernel.cpuNanoseconds >= 0 ? kernel.cpuNanoseconds
                                                      : qint64(sums->cpuMicroseconds) * 1000;
        const double elapsed = double(std::max<qint64>(self->m_sinceLook.nsecsElapsed(), 1));
        const double cores = self->info().limits.value(u"cpus"_s).effective;
        if (cores > 0)
            result.cpuPercent
                = std::max(0.0, double(cpu - self->m_cpuNanoseconds) / elapsed / cores * 100);
        self->m_cpuNanoseconds = cpu;
        self->m_sinceLook.start();
        self->report(result, done);
    });
}

void Sandbox::report(const SandboxStatistics &statistics, Callback<SandboxStatistics> done)
{
    const auto percent = [this](const QString &limit, qint64 used) {
        const double bound = info().limits.value(limit).effective;
        return bound > 0 ? double(used) / bound * 100 : 0.0;
    };
    SandboxStatistics result = statistics;
    result.memoryPercent = percent(u"memory"_s, result.memoryBytes);
    m_context.layers.measure(
        info().id,
        [self = QPointer<Sandbox>(this), result, percent,
         done = std::move(done)](Result<qint64> bytes) mutable {
            if (!self || !bytes) {
                done(self ? bytes.error()
                          : Error{ErrorCode::WrongState, u"The sandbox has gone."_s, {}});
                return;
            }
            result.diskBytes = *bytes;
            result.diskPercent = percent(u"disk"_s, *bytes);
            done(result);
        });
}

} // namespace quarry::sandbox
