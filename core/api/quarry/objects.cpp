// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/quarry/objects.h"

#include "base/clock.h"

#include <QJsonArray>

namespace quarry::api::own {

using namespace Qt::StringLiterals;

namespace {

QJsonValue timeOrNull(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(toRfc3339(time)) : QJsonValue();
}

QJsonArray phases(const sandbox::SandboxInfo &info)
{
    QJsonArray all;
    for (const sandbox::Phase &phase : info.phases)
        all.append(QJsonObject{
            {u"name"_s, phase.name}, {u"status"_s, phase.status}, {u"message"_s, phase.message}});
    return all;
}

QJsonObject limits(const sandbox::SandboxInfo &info)
{
    QJsonObject all;
    for (auto it = info.limits.begin(); it != info.limits.end(); ++it)
        all.insert(it.key(),
                   QJsonObject{{u"asked"_s, it->asked > 0 ? QJsonValue(it->asked) : QJsonValue()},
                               {u"effective"_s, it->effective},
                               {u"enforced"_s, it->enforced},
                               {u"reason"_s, it->reason}});
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

} // namespace

QJsonObject sandboxObject(const sandbox::SandboxInfo &info)
{
    QJsonObject labels;
    for (auto it = info.labels.begin(); it != info.labels.end(); ++it)
        labels.insert(it.key(), it.value());
    return {{u"id"_s, info.id},
            {u"state"_s, sandbox::toString(info.state)},
            {u"image"_s, info.image},
            {u"served_by"_s, info.servedBy},
            {u"network"_s, sandbox::toString(info.network)},
            {u"phases"_s, phases(info)},
            {u"limits"_s, limits(info)},
            {u"history"_s, history(info)},
            {u"user_id"_s, info.userId},
            {u"experiment_id"_s, info.experimentId},
            {u"namespace"_s, info.nameSpace},
            {u"labels"_s, labels},
            {u"reason"_s, info.reason},
            {u"create_time"_s, timeOrNull(info.createTime)},
            {u"start_time"_s, timeOrNull(info.startTime)},
            {u"stop_time"_s, timeOrNull(info.stopTime)},
            {u"delete_time"_s, timeOrNull(info.deleteTime)},
            {u"auto_stop_time"_s, timeOrNull(info.autoStopTime)},
            {u"auto_delete_time"_s, timeOrNull(info.autoDeleteTime)}};
}

QJsonObject statisticsObject(const sandbox::SandboxStatistics &statistics)
{
    return {{u"cpu"_s, statistics.cpuPercent},       {u"memory"_s, statistics.memoryPercent},
            {u"disk"_s, statistics.diskPercent},     {u"memory_bytes"_s, statistics.memoryBytes},
            {u"disk_bytes"_s, statistics.diskBytes}, {u"network_bytes"_s, statistics.networkBytes},
            {u"processes"_s, statistics.processes}};
}

QJsonObject commitObject(const sandbox::CommitInfo &commit)
{
    return {{u"sandbox_id"_s, commit.sandboxId},
            {u"image_tag"_s, commit.imageTag},
            {u"phase"_s, sandbox::toString(commit.phase)},
            {u"started_at"_s, toRfc3339(commit.startedAt)},
            {u"completed_at"_s, timeOrNull(commit.completedAt)},
            {u"bytes_done"_s, commit.bytesDone},
            {u"bytes_total"_s, commit.bytesTotal},
            {u"error_code"_s, commit.errorCode},
            {u"error_message"_s, commit.errorMessage}};
}

QJsonObject imageObject(const engine::ImageInfo &image)
{
    return {{u"name"_s, image.name},
            {u"served_by"_s, image.servedBy},
            {u"source"_s, image.source},
            {u"bytes"_s, image.bytes},
            {u"created"_s, timeOrNull(image.created)}};
}

} // namespace quarry::api::own
