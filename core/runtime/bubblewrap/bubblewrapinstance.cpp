// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/bubblewrap/bubblewrapinstance.h"

#include "runtime/kernelfiles.h"

#include <QTimer>

namespace quarry::runtime {

namespace {

constexpr int groupMilliseconds = 10000;

// Bytes in and out of every interface but the loopback, from the text of /proc/PID/net/dev.
qint64 networkBytes(const QByteArray &table)
{
    qint64 sum = 0;
    for (const QByteArray &line : table.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon < 0 || line.left(colon).trimmed() == "lo")
            continue;
        const QList<QByteArray> fields = line.mid(colon + 1).simplified().split(' ');
        if (fields.size() > 8)
            sum += fields[0].toLongLong() + fields[8].toLongLong();
    }
    return sum;
}

} // namespace

BubblewrapShared::~BubblewrapShared()
{
    spawner.reset();
    host.groups.removeEngineFolders();
}

BubblewrapInstance::BubblewrapInstance(std::shared_ptr<BubblewrapShared> shared,
                                       InstanceParts parts)
    : m_shared(std::move(shared)), m_parts(std::move(parts)),
      m_groups(m_shared->host.groups, m_parts.spec.id)
{
    connect(m_parts.process.get(), &SandboxProcess::gone, this, &BubblewrapInstance::processGone);
    connect(&m_groups, &GroupWatch::outOfMemory, this, &Instance::outOfMemory);
    // It may have died between the start's last look and now.
    if (m_parts.process->isGone())
        QTimer::singleShot(0, this, &BubblewrapInstance::processGone);
}

BubblewrapInstance::~BubblewrapInstance()
{
    if (m_clean)
        return;
    kill();
    m_shared->spawner->bury(pid_t(m_parts.process->launcherPid()),
                            m_shared->host.groups.groupsOf(id()),
                            std::make_shared<std::pair<std::shared_ptr<UidSlice>, Image>>(
                                m_parts.slice, m_parts.spec.image));
}

InstanceStatistics BubblewrapInstance::statistics() const
{
    InstanceStatistics now = m_groups.statistics();
    if (m_parts.spec.network == NetworkMode::None)
        now.networkBytes = 0;
    else if (m_parts.spec.network == NetworkMode::User && agentPid() > 0)
        now.networkBytes
            = networkBytes(readKernelFile(QStringLiteral("/proc/%1/net/dev").arg(agentPid())));
    return now;
}

void BubblewrapInstance::processGone()
{
    if (m_stopping)
        removeGroups();
    else
        Q_EMIT ended(m_parts.process->failure().message);
}

void BubblewrapInstance::stop(int milliseconds, Callback<void> done)
{
    const int call = ++m_calls;
    m_waiting.insert(call, done);
    if (m_clean) {
        QTimer::singleShot(0, this, [this] { answerAll({}); });
        return;
    }
    QTimer::singleShot(milliseconds, this, [this, call] {
        if (const Callback<void> late = m_waiting.take(call))
            late({ErrorCode::Timeout,
                  QStringLiteral("The processes of sandbox %1 are still ending").arg(id())});
    });
    if (m_stopping)
        return;
    m_stopping = true;
    kill();
    if (m_parts.process->isGone())
        removeGroups();
}

void BubblewrapInstance::kill()
{
    m_parts.process->kill();
    m_shared->host.groups.liftMemoryLimit(id());
}

void BubblewrapInstance::removeGroups()
{
    m_shared->spawner->removeGroups(
        m_shared->host.groups.groupsOf(id()), groupMilliseconds, this,
        [this](const QStringList &left) {
            m_clean = left.isEmpty();
            m_stopping = m_clean; // a later call tries again
            if (!m_clean) {
                answerAll({ErrorCode::Timeout,
                           QStringLiteral("The control group %1 cannot be removed")
                               .arg(left.join(u' '))});
                return;
            }
            m_parts.slice.reset();
            m_parts.spec.image.locks.reset();
            answerAll({});
        });
}

void BubblewrapInstance::answerAll(const Result<void> &result)
{
    const QMap<int, Callback<void>> waiting = std::exchange(m_waiting, {});
    for (const Callback<void> &done : waiting)
        done(result);
}

} // namespace quarry::runtime
