// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/bubblewrap/instancestart.h"

#include "runtime/bubblewrap/launchorder.h"

#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>

namespace quarry::runtime {

namespace {

constexpr int failedGroupMilliseconds = 5000;

Result<void> refuseMissing(const InstanceSpec &spec, const Capabilities &capabilities)
{
    QString wanted = QStringLiteral("network_none");
    if (spec.network == NetworkMode::User)
        wanted = QStringLiteral("network_user");
    else if (spec.network == NetworkMode::Host)
        wanted = QStringLiteral("network_host");
    for (const QString &name : {QStringLiteral("sandboxes"), wanted}) {
        const Capability capability = capabilities.value(name);
        if (!capability.available)
            return {ErrorCode::Unsupported,
                    QStringLiteral("No sandbox can be started: %1").arg(capability.reason)};
    }
    return {};
}

} // namespace

InstanceStart::InstanceStart(std::shared_ptr<BubblewrapShared> shared, InstanceSpec spec,
                             SandboxRuntime::Progress progress,
                             Callback<std::unique_ptr<Instance>> done, QObject *parent)
    : QObject(parent), m_shared(std::move(shared)), m_progress(std::move(progress)),
      m_done(std::move(done))
{
    m_parts.spec = std::move(spec);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        fail({ErrorCode::Timeout,
              QStringLiteral("Sandbox %1 did not start in %2 ms (it hung in the step \"%3\")")
                  .arg(id())
                  .arg(m_parts.spec.startMilliseconds)
                  .arg(m_phase),
              {}});
    });
}

InstanceStart::~InstanceStart()
{
    if (m_answered || !m_parts.process)
        return;
    m_parts.process->kill();
    m_shared->spawner->bury(pid_t(m_parts.process->launcherPid()),
                            m_shared->host.groups.groupsOf(id()), m_parts.slice);
}

void InstanceStart::begin()
{
    const BubblewrapHost &host = m_shared->host;
    if (const auto fine = checkSpec(m_parts.spec); !fine)
        return fail(fine.error());
    if (const auto able = refuseMissing(m_parts.spec, host.capabilities); !able)
        return fail(able.error());
    auto limits = effectiveLimits(m_parts.spec.limits, m_parts.spec.requireLimits,
                                  host.capabilities, host.machine);
    if (!limits)
        return fail(limits.error());
    m_parts.limits = *limits;
    if (m_shared->slices) {
        auto slice = m_shared->slices->take();
        if (!slice)
            return fail(slice.error());
        m_parts.slice = *slice;
    }
    const LaunchSpec order = launchOrder(host, m_parts.spec, m_parts.limits, m_parts.slice.get());
    if (order.broken())
        return fail({ErrorCode::InvalidArgument,
                     QStringLiteral("A path or variable of sandbox %1 holds a NUL").arg(id()),
                     {}});
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
        return fail(
            systemError(QStringLiteral("No socket for the agent of sandbox %1").arg(id()), errno));
    m_parts.stream.reset(ends[0]);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    auto whole = std::make_shared<Spawner::Order>();
    whole->program = QFile::encodeName(host.launcher);
    whole->spec = order.bytes();
    whole->files.five.reset(ends[1]);
    whole->files.six = memoryFile(host.filter);
    m_deadline.start(m_parts.spec.startMilliseconds);
    m_launching = true;
    m_shared->spawner->launch(
        std::move(whole), this,
        [this](const std::shared_ptr<Result<Launched>> &result) { launched(*result); });
}

void InstanceStart::launched(Result<Launched> &result)
{
    m_launching = false;
    if (!result) {
        if (!m_failure)
            m_failure = result.error();
        return cleanUp();
    }
    m_parts.process = std::make_unique<SandboxProcess>(std::move(*result));
    SandboxProcess *process = m_parts.process.get();
    connect(process, &SandboxProcess::gone, this, &InstanceStart::processGone);
    connect(process, &SandboxProcess::noted, this, &InstanceStart::noteArrived);
    connect(process, &SandboxProcess::phaseBegan, this, [this](const QString &name) {
        m_phase = name;
        if (m_progress && !m_failure)
            m_progress(name, QString());
    });
    if (m_failure)
        return process->kill();
    m_streamWatch = std::make_unique<QSocketNotifier>(m_parts.stream.get(), QSocketNotifier::Read);
    connect(m_streamWatch.get(), &QSocketNotifier::activated, this, &InstanceStart::readStream);
}

// The agent speaks first: its first byte says that it runs. Left in place for whoever takes the
// stream.
void InstanceStart::readStream()
{
    char byte;
    const ssize_t n = recv(m_parts.stream.get(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    m_streamWatch->setEnabled(false);
    if (n > 0)
        succeed();
    // At the stream's end the processes end too, and tell more.
}

void InstanceStart::noteArrived(const QString &name, const QString &text)
{
    if (m_progress && !m_failure)
        m_progress(m_phase, text);
    const auto limit = m_parts.limits.find(name);
    if (limit == m_parts.limits.end())
        return;
    limit->enforced = false;
    limit->reason = text;
    if (m_parts.spec.requireLimits)
        fail({ErrorCode::LimitExceeded,
              QStringLiteral("The %1 limit cannot be held as asked: %2").arg(name, text),
              {}});
}

void InstanceStart::fail(const Error &error)
{
    if (m_failure || m_answered)
        return;
    m_failure = error;
    m_deadline.stop();
    m_streamWatch.reset();
    if (m_parts.process && !m_parts.process->isGone())
        m_parts.process->kill();
    else if (!m_launching)
        QTimer::singleShot(0, this, &InstanceStart::cleanUp);
}

void InstanceStart::processGone()
{
    if (m_answered)
        return;
    if (!m_failure)
        m_failure = m_parts.process->failure();
    cleanUp();
}

void InstanceStart::cleanUp()
{
    m_deadline.stop();
    m_shared->spawner->removeGroups(m_shared->host.groups.groupsOf(id()), failedGroupMilliseconds,
                                    this, [this](const QStringList &) {
                                        m_parts.slice.reset();
                                        m_answered = true;
                                        const auto done = std::move(m_done);
                                        const Error error = *m_failure;
                                        Q_EMIT finished();
                                        done(error);
                                    });
}

void InstanceStart::succeed()
{
    if (m_failure || m_answered)
        return;
    m_answered = true;
    m_deadline.stop();
    m_parts.process->disconnect(this);
    auto instance = std::make_unique<BubblewrapInstance>(m_shared, std::move(m_parts));
    const auto done = std::move(m_done);
    Q_EMIT finished();
    done(std::unique_ptr<Instance>(std::move(instance)));
}

} // namespace quarry::runtime
