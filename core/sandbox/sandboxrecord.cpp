// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/sandboxrecord.h"

#include "base/clock.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace quarry::sandbox {

using namespace Qt::StringLiterals;

namespace {

QJsonObject fromMap(const QMap<QString, QString> &map)
{
    QJsonObject object;
    for (auto it = map.begin(); it != map.end(); ++it)
        object.insert(it.key(), it.value());
    return object;
}

QMap<QString, QString> toMap(const QJsonValue &value)
{
    QMap<QString, QString> map;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it)
        map.insert(it.key(), it.value().toString());
    return map;
}

template <typename T>
void put(QJsonObject &object, QLatin1StringView key, const std::optional<T> &value)
{
    if (value)
        object.insert(key, QJsonValue(*value));
}

std::optional<qint64> whole(const QJsonValue &value)
{
    return value.isDouble() ? std::optional<qint64>(value.toInteger()) : std::nullopt;
}

QJsonObject requestObject(const SandboxRequest &request)
{
    QJsonObject object{{u"image"_s, request.image}, {u"startup"_s, request.startupSeconds}};
    put(object, "memory"_L1, request.memory);
    put(object, "cpus"_L1, request.cpus);
    put(object, "disk"_L1, request.disk);
    put(object, "pids"_L1, request.pids);
    put(object, "idle"_L1, request.idleSeconds);
    put(object, "auto_stop"_L1, request.autoStopSeconds);
    put(object, "auto_delete"_L1, request.autoDeleteSeconds);
    if (request.network)
        object.insert(u"network"_s, toString(*request.network));
    if (request.requireLimits)
        object.insert(u"require_limits"_s, true);
    object.insert(u"env"_s, fromMap(request.env));
    QJsonArray binds;
    for (const Bind &bind : request.binds) {
        binds.append(QJsonObject{{u"source"_s, bind.source},
                                 {u"target"_s, bind.target},
                                 {u"read_only"_s, bind.readOnly}});
    }
    object.insert(u"binds"_s, binds);
    return object;
}

SandboxRequest requestFrom(const QJsonObject &object)
{
    SandboxRequest request;
    request.image = object[u"image"_s].toString();
    request.startupSeconds = object[u"startup"_s].toInteger(request.startupSeconds);
    request.memory = whole(object[u"memory"_s]);
    if (object[u"cpus"_s].isDouble())
        request.cpus = object[u"cpus"_s].toDouble();
    request.disk = whole(object[u"disk"_s]);
    if (const auto pids = whole(object[u"pids"_s]))
        request.pids = int(*pids);
    request.idleSeconds = whole(object[u"idle"_s]);
    request.autoStopSeconds = whole(object[u"auto_stop"_s]);
    request.autoDeleteSeconds = whole(object[u"auto_delete"_s]);
    request.network = networkFromText(object[u"network"_s].toString());
    request.requireLimits = object[u"require_limits"_s].toBool();
    request.env = toMap(object[u"env"_s]);
    const QJsonArray binds = object[u"binds"_s].toArray();
    for (const QJsonValue &bind : binds) {
        request.binds.append({bind[u"source"_s].toString(), bind[u"target"_s].toString(),
                              bind[u"read_only"_s].toBool()});
    }
    return request;
}

QJsonObject limitsObject(const QMap<QString, LimitInfo> &limits)
{
    QJsonObject object;
    for (auto it = limits.begin(); it != limits.end(); ++it) {
        object.insert(it.key(),
                      QJsonObject{{u"asked"_s, it->asked},
                                  {u"effective"_s, it->effective},
                                  {u"enforced"_s, it->enforced},
                                  {u"reason"_s, it->reason}});
    }
    return object;
}

QMap<QString, LimitInfo> limitsFrom(const QJsonObject &object)
{
    QMap<QString, LimitInfo> limits;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QJsonObject limit = it.value().toObject();
        limits.insert(it.key(),
                      {limit[u"asked"_s].toDouble(), limit[u"effective"_s].toDouble(),
                       limit[u"enforced"_s].toBool(), limit[u"reason"_s].toString()});
    }
    return limits;
}

QJsonArray phasesArray(const QList<Phase> &phases)
{
    QJsonArray array;
    for (const Phase &phase : phases)
        array.append(QJsonArray{phase.name, phase.status, phase.message});
    return array;
}

QList<Phase> phasesFrom(const QJsonArray &array)
{
    QList<Phase> phases;
    for (const QJsonValue &phase : array)
        phases.append({phase[0].toString(), phase[1].toString(), phase[2].toString()});
    return phases;
}

} // namespace

QByteArray toJson(const SandboxRecord &record)
{
    const SandboxInfo &info = record.info;
    QJsonObject object{
        {u"request"_s, requestObject(record.request)},
        {u"id"_s, info.id},
        {u"state"_s, toString(info.state)},
        {u"served_by"_s, info.servedBy},
        {u"network"_s, toString(info.network)},
        {u"user"_s, info.userId},
        {u"experiment"_s, info.experimentId},
        {u"namespace"_s, info.nameSpace},
        {u"labels"_s, fromMap(info.labels)},
        {u"phases"_s, phasesArray(info.phases)},
        {u"limits"_s, limitsObject(info.limits)},
        {u"reason"_s, info.reason},
        {u"created"_s, toRfc3339(info.createTime)},
        {u"started"_s, toRfc3339(info.startTime)},
        {u"stopped"_s, toRfc3339(info.stopTime)},
        {u"deleted"_s, toRfc3339(info.deleteTime)},
        {u"auto_delete"_s, toRfc3339(info.autoDeleteTime)},
    };
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<SandboxRecord> recordFromJson(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    SandboxRecord record;
    record.request = requestFrom(object[u"request"_s].toObject());
    SandboxInfo &info = record.info;
    info.id = object[u"id"_s].toString();
    const auto state = stateFromText(object[u"state"_s].toString());
    if (info.id.isEmpty() || !state)
        return {ErrorCode::Io, u"A sandbox's record in the database is damaged."_s};
    info.state = *state;
    info.image = record.request.image;
    info.servedBy = object[u"served_by"_s].toString();
    info.network = networkFromText(object[u"network"_s].toString()).value_or(Network::None);
    info.userId = object[u"user"_s].toString();
    info.experimentId = object[u"experiment"_s].toString();
    info.nameSpace = object[u"namespace"_s].toString();
    info.labels = toMap(object[u"labels"_s]);
    info.phases = phasesFrom(object[u"phases"_s].toArray());
    info.limits = limitsFrom(object[u"limits"_s].toObject());
    info.reason = object[u"reason"_s].toString();
    info.createTime = fromRfc3339(object[u"created"_s].toString());
    info.startTime = fromRfc3339(object[u"started"_s].toString());
    info.stopTime = fromRfc3339(object[u"stopped"_s].toString());
    info.deleteTime = fromRfc3339(object[u"deleted"_s].toString());
    info.autoDeleteTime = fromRfc3339(object[u"auto_delete"_s].toString());
    return record;
}

} // namespace quarry::sandbox
