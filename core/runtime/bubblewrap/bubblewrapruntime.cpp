// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/bubblewrap/bubblewrapruntime.h"

#include "runtime/bubblewrap/instancestart.h"
#include "runtime/bubblewrap/orphans.h"

#include <QHash>
#include <QThreadPool>

namespace quarry::runtime {

struct BubblewrapRuntime::Parts {
    MachineSettings settings;
    std::shared_ptr<BubblewrapShared> shared; // null before prepare has answered
    QHash<QString, InstanceStart *> starts;   // by id; children of the runtime
    QThreadPool pool; // the last member: its end waits for what still runs
};

BubblewrapRuntime::BubblewrapRuntime(MachineSettings settings, QObject *parent)
    : SandboxRuntime(parent), m_parts(std::make_unique<Parts>())
{
    m_parts->settings = std::move(settings);
}

BubblewrapRuntime::~BubblewrapRuntime()
{
    qDeleteAll(m_parts->starts);
}

QString BubblewrapRuntime::name() const
{
    return QStringLiteral("bubblewrap");
}

void BubblewrapRuntime::prepare(Callback<Capabilities> done)
{
    m_parts->pool.start([this, settings = m_parts->settings, done = std::move(done)] {
        auto host = std::make_shared<BubblewrapHost>(BubblewrapHost::find(settings));
        QMetaObject::invokeMethod(this, [this, host, done] {
            auto shared = std::make_shared<BubblewrapShared>();
            shared->host = *host;
            if (host->root)
                shared->slices = std::make_unique<UidSlices>(sliceFolder(), host->settings.uidFirst,
                                                             host->settings.uidLast);
            m_parts->shared = std::move(shared);
            done(host->capabilities);
        });
    });
}

Capabilities BubblewrapRuntime::capabilities() const
{
    return m_parts->shared ? m_parts->shared->host.capabilities : Capabilities();
}

void BubblewrapRuntime::start(const InstanceSpec &spec, Progress progress,
                              Callback<std::unique_ptr<Instance>> done)
{
    Q_ASSERT_X(m_parts->shared, "start", "prepare has not answered yet");
    if (m_parts->starts.contains(spec.id)) {
        QMetaObject::invokeMethod(
            this,
            [id = spec.id, done = std::move(done)] {
                done(Error{ErrorCode::AlreadyExists,
                           QStringLiteral("Sandbox %1 is already starting").arg(id),
                           {}});
            },
            Qt::QueuedConnection);
        return;
    }
    auto *start
        = new InstanceStart(m_parts->shared, spec, std::move(progress), std::move(done), this);
    m_parts->starts.insert(spec.id, start);
    connect(start, &InstanceStart::finished, this, [this, start, id = spec.id] {
        m_parts->starts.remove(id);
        start->deleteLater();
    });
    start->begin();
}

void BubblewrapRuntime::cancelStart(const QString &id)
{
    if (InstanceStart *start = m_parts->starts.value(id))
        start->fail({ErrorCode::Cancelled,
                     QStringLiteral("The start of sandbox %1 was cancelled").arg(id),
                     {}});
}

void BubblewrapRuntime::sweep(bool dryRun, Callback<SweepReport> done)
{
    m_parts->pool.start([this, dryRun, done = std::move(done)] {
        const SweepReport report = sweepOrphans(dryRun);
        QMetaObject::invokeMethod(this, [report, done] { done(report); });
    });
}

} // namespace quarry::runtime
