// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/launch.h"

#include "base/pool.h"
#include "sandbox/layerkeeper.h"

#include <QPointer>

namespace quarry::sandbox {

using namespace Qt::StringLiterals;

namespace {

runtime::NetworkMode networkMode(Network network)
{
    switch (network) {
    case Network::User:
        return runtime::NetworkMode::User;
    case Network::Host:
        return runtime::NetworkMode::Host;
    case Network::None:
        break;
    }
    return runtime::NetworkMode::None;
}

QMap<QString, LimitInfo> limitInfos(const runtime::EffectiveLimits &limits)
{
    QMap<QString, LimitInfo> infos;
    for (auto it = limits.begin(); it != limits.end(); ++it)
        infos.insert(it.key(), {it->asked, it->effective, it->enforced, it->reason});
    return infos;
}

// What every program inside begins with: the request's word before the image's before ours.
QList<QByteArray> environmentOf(const runtime::Image &image, const SandboxRequest &request)
{
    QMap<QString, QString> environment{
        {u"PATH"_s, u"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"_s},
        {u"HOME"_s, u"/root"_s},
        {u"USER"_s, u"root"_s},
        {u"LOGNAME"_s, u"root"_s},
        {u"SHELL"_s, u"/bin/bash"_s},
        {u"LANG"_s, u"C.UTF-8"_s},
    };
    for (const auto *more : {&image.env, &request.env}) {
        for (auto it = more->begin(); it != more->end(); ++it)
            environment.insert(it.key(), it.value());
    }
    QList<QByteArray> list;
    for (auto it = environment.begin(); it != environment.end(); ++it)
        list.append((it.key() + u'=' + it.value()).toUtf8());
    return list;
}

// "memory: not enforced, …; cpus: capped, …", or that all hold.
QString describe(const QMap<QString, LimitInfo> &limits)
{
    QStringList told;
    for (auto it = limits.begin(); it != limits.end(); ++it) {
        const bool capped = it->effective < it->asked;
        if (it->enforced && !capped)
            continue;
        QStringList words;
        if (capped)
            words.append(u"capped"_s);
        if (!it->enforced)
            words.append(u"not enforced"_s);
        told.append(u"%1 %2: %3"_s.arg(it.key(), words.join(u" and "_s), it->reason));
    }
    return told.isEmpty() ? u"all limits are enforced"_s : told.join(u"; "_s);
}

} // namespace

Launch::Launch(runtime::SandboxRuntime &runtime, LayerKeeper &layers,
               const SandboxDefaults &defaults, const SandboxRequest &request, const QString &id,
               bool fresh, QObject *parent)
    : QObject(parent), m_runtime(runtime), m_layers(layers), m_defaults(defaults),
      m_request(request), m_id(id), m_fresh(fresh)
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        fail({ErrorCode::Timeout,
              u"The sandbox was not ready within %1 s."_s.arg(m_request.startupSeconds),
              {}});
    });
}

Launch::~Launch()
{
    if (m_done)
        m_runtime.cancelStart(m_id);
}

void Launch::begin(Callback<Launched> done)
{
    m_done = std::move(done);
    m_deadline.start(int(std::min<qint64>(m_request.startupSeconds, 86400) * 1000));
    makeLayer();
}

void Launch::cancel()
{
    fail({ErrorCode::Cancelled, u"The start was cancelled."_s, {}});
}

std::unique_ptr<runtime::Instance> Launch::takeInstance()
{
    return std::move(m_made.instance);
}

void Launch::enter(const QString &phase, const QString &message)
{
    if (!m_phase.isEmpty() && m_phase != phase)
        Q_EMIT phaseChanged({m_phase, u"success"_s, {}});
    m_phase = phase;
    Q_EMIT phaseChanged({phase, u"running"_s, message});
}

void Launch::makeLayer()
{
    enter(u"image"_s, u"finding %1"_s.arg(m_request.image));
    const QPointer<Launch> self(this);
    const auto made = [self](Result<runtime::Image> image) {
        if (!self || !self->m_done)
            return;
        if (!image)
            self->fail(image.error());
        else
            self->startInstance(*image);
    };
    if (!m_fresh) {
        m_layers.reopen(m_id, made);
        return;
    }
    const auto image = m_layers.resolve(m_request.image);
    if (!image) {
        QMetaObject::invokeMethod(
            this,
            [self, error = image.error()] {
                if (self)
                    self->fail(error);
            },
            Qt::QueuedConnection);
        return;
    }
    enter(u"layer"_s, u"making the private layer"_s);
    m_layers.make(m_id, *image, made);
}

runtime::InstanceSpec Launch::instanceSpec(const runtime::Image &image) const
{
    runtime::InstanceSpec spec;
    spec.id = m_id;
    spec.layerFolder = m_layers.layerFolder(m_id);
    spec.image = image;
    spec.network = networkMode(m_request.network.value_or(m_defaults.network));
    spec.limits.memory = m_request.memory.value_or(m_defaults.memory);
    spec.limits.cpus = m_request.cpus.value_or(m_defaults.cpus);
    spec.limits.pids = m_request.pids.value_or(m_defaults.pids);
    spec.requireLimits = m_request.requireLimits || m_defaults.requireLimits;
    // Disk is counted only, so a default must not make required limits fail.
    if (m_request.disk || !spec.requireLimits)
        spec.limits.disk = m_request.disk.value_or(m_defaults.disk);
    for (const Bind &bind : m_request.binds)
        spec.binds.append({bind.source, bind.target, bind.readOnly});
    spec.startMilliseconds = int(std::min<qint64>(m_request.startupSeconds, 86400) * 1000);
    return spec;
}

void Launch::startInstance(const runtime::Image &image)
{
    m_environment = environmentOf(image, m_request);
    m_made.imageLocks = image.locks;
    m_made.servedBy = image.servedBy;
    const QPointer<Launch> self(this);
    m_runtime.start(
        instanceSpec(image),
        [self](const QString &phase, const QString &text) {
            if (self && self->m_done)
                self->enter(phase, text);
        },
        [self](Result<std::unique_ptr<runtime::Instance>> instance) {
            if (!self || !self->m_done)
                return; // an instance that came too late ends with its owner, here
            if (!instance) {
                self->fail(instance.error());
                return;
            }
            self->m_made.instance = std::move(*instance);
            self->m_made.limits = limitInfos(self->m_made.instance->effectiveLimits());
            Q_EMIT self->phaseChanged({u"limits"_s, u"success"_s, describe(self->m_made.limits)});
            self->connectAgent();
        });
}

void Launch::connectAgent()
{
    enter(u"agent"_s, u"waiting for the agent"_s);
    m_made.agent = std::make_unique<agent::AgentClient>(m_made.instance->takeAgentStream());
    const QPointer<Launch> self(this);
    agent::AgentConfig config;
    config.environment = m_environment;
    m_made.agent->start(config, [self](const Result<void> &ready) {
        if (!self || !self->m_done)
            return;
        if (!ready) {
            self->fail(ready.error());
            return;
        }
        Q_EMIT self->phaseChanged({u"agent"_s, u"success"_s, {}});
        self->finish(std::move(self->m_made));
    });
}

void Launch::fail(Error error)
{
    if (!m_done)
        return;
    m_runtime.cancelStart(m_id);
    const bool late = error.code == ErrorCode::Timeout;
    Q_EMIT phaseChanged({m_phase, late ? u"timeout"_s : u"failed"_s, error.message});
    error.details.insert(u"phase"_s, m_phase);
    m_made.agent.reset();
    finish(std::move(error));
}

void Launch::finish(Result<Launched> result)
{
    m_deadline.stop();
    const auto done = std::exchange(m_done, nullptr);
    done(std::move(result));
}

} // namespace quarry::sandbox
