// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/rock/status.h"

#include "base/clock.h"
#include "base/sizes.h"

#include <QJsonArray>
#include <QStringList>
#include <QSysInfo>

namespace quarry::api::rock {

using namespace Qt::StringLiterals;

namespace {

QJsonValue timeOrNull(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(toRfc3339(time)) : QJsonValue();
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

// What was asked for; what is in force where nobody asked.
double shown(const sandbox::SandboxInfo &info, const QString &limit)
{
    const sandbox::LimitInfo value = info.limits.value(limit);
    return value.asked > 0 ? value.asked : value.effective;
}

QString shownSize(const sandbox::SandboxInfo &info, const QString &limit)
{
    return formatSize(qint64(shown(info, limit)));
}

QString limitsText(const sandbox::SandboxInfo &info)
{
    QStringList lines;
    for (auto it = info.limits.begin(); it != info.limits.end(); ++it) {
        if (!it->reason.isEmpty())
            lines.append(it.key() + u": "_s + it->reason);
    }
    return lines.join(u"; "_s);
}

QJsonObject phaseObject(const QString &status, const QString &message)
{
    return {{u"status"_s, status}, {u"message"_s, message}};
}

QJsonObject phases(const sandbox::SandboxInfo &info)
{
    QJsonObject all;
    for (const sandbox::Phase &phase : info.phases) {
        const bool limits = phase.name == "limits"_L1 && phase.message.isEmpty();
        all.insert(phase.name,
                   phaseObject(phase.status, limits ? limitsText(info) : phase.message));
    }
    if (all.isEmpty() && info.pending())
        all.insert(u"image"_s, phaseObject(u"waiting"_s, u"the start has been accepted"_s));
    return all;
}

QJsonArray history(const sandbox::SandboxInfo &info)
{
    QJsonArray all;
    for (const sandbox::HistoryEntry &entry : info.history)
        all.append(QJsonObject{{u"from_state"_s, entry.fromState},
                               {u"to_state"_s, entry.toState},
                               {u"event"_s, entry.event},
                               {u"timestamp"_s, toRfc3339(entry.time)}});
    return all;
}

QJsonObject metadata(const sandbox::SandboxInfo &info)
{
    QJsonObject all;
    for (auto it = info.labels.begin(); it != info.labels.end(); ++it)
        all.insert(it.key(), it.value());
    all.insert(u"quarry.image"_s, info.servedBy);
    if (!info.reason.isEmpty())
        all.insert(u"quarry.reason"_s, info.reason);
    return all;
}

QString hostName()
{
    const QString name = QSysInfo::machineHostName();
    return name.isEmpty() ? u"localhost"_s : name;
}

} // namespace

QJsonObject startObject(const sandbox::SandboxInfo &info)
{
    return {{u"sandbox_id"_s, info.id},
            {u"host_name"_s, hostName()},
            {u"host_ip"_s, u"127.0.0.1"_s},
            {u"cpus"_s, shown(info, u"cpus"_s)},
            {u"memory"_s, shownSize(info, u"memory"_s)},
            {u"disk"_s, shownSize(info, u"disk"_s)}};
}

QJsonObject statusObject(const sandbox::SandboxInfo &info)
{
    QJsonObject all = startObject(info);
    all.insert(u"status"_s, phases(info));
    all.insert(u"state"_s, sandbox::toString(info.state));
    all.insert(u"port_mapping"_s, QJsonObject());
    all.insert(u"is_alive"_s, info.alive());
    all.insert(u"image"_s, info.image);
    all.insert(u"metadata"_s, metadata(info));
    all.insert(u"user_id"_s, textOrNull(info.userId));
    all.insert(u"experiment_id"_s, textOrNull(info.experimentId));
    all.insert(u"namespace"_s, textOrNull(info.nameSpace));
    all.insert(u"num_gpus"_s, QJsonValue());
    all.insert(u"accelerator_type"_s, QJsonValue());
    all.insert(u"start_time"_s, timeOrNull(info.startTime));
    all.insert(u"stop_time"_s, timeOrNull(info.stopTime));
    all.insert(u"create_time"_s, timeOrNull(info.createTime));
    all.insert(u"delete_time"_s, timeOrNull(info.deleteTime));
    all.insert(u"auto_stop_time"_s, timeOrNull(info.autoStopTime));
    all.insert(u"auto_delete_time"_s, timeOrNull(info.autoDeleteTime));
    all.insert(u"state_history"_s, history(info));
    return all;
}

QJsonObject statisticsObject(const sandbox::SandboxStatistics &statistics)
{
    return {{u"cpu"_s, statistics.cpuPercent},
            {u"mem"_s, statistics.memoryPercent},
            {u"disk"_s, statistics.diskPercent},
            {u"net"_s, statistics.networkBytes},
            {u"disk_log_percent"_s, 0}};
}

QJsonObject commitObject(const sandbox::CommitInfo &commit)
{
    const bool running = commit.phase == sandbox::CommitInfo::Phase::Running;
    return {{u"sandbox_id"_s, commit.sandboxId},
            {u"image_tag"_s, commit.imageTag},
            {u"phase"_s, sandbox::toString(commit.phase).toUpper()},
            {u"started_at"_s, toRfc3339(commit.startedAt)},
            {u"completed_at"_s, timeOrNull(commit.completedAt)},
            {u"exit_code"_s, running ? QJsonValue() : QJsonValue(commit.exitCode)},
            {u"failed_stage"_s, textOrNull(commit.failedStage)},
            {u"error_code"_s, textOrNull(commit.errorCode)},
            {u"error_message"_s, textOrNull(commit.errorMessage)}};
}

QString failedPhase(const sandbox::SandboxInfo &info)
{
    for (const sandbox::Phase &phase : info.phases) {
        if (phase.status == "failed"_L1 || phase.status == "timeout"_L1)
            return phase.name + u": "_s + phase.message;
    }
    return {};
}

} // namespace quarry::api::rock
