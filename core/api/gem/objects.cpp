// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/gem/objects.h"

#include "base/clock.h"

namespace quarry::api::gem {

using namespace Qt::StringLiterals;

namespace {

QString timeOf(qint64 milliseconds)
{
    return toRfc3339(QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC));
}

QString engineOf(const quarry::gem::EnvironmentSpec &spec)
{
    return spec.python ? u"python"_s : u"native"_s;
}

} // namespace

QJsonObject environmentObject(const quarry::gem::EnvironmentInfo &info)
{
    QJsonObject object{{u"sandbox_id"_s, info.id},         {u"env_id"_s, info.spec.envId},
                       {u"engine"_s, engineOf(info.spec)}, {u"parameters"_s, info.spec.parameters},
                       {u"created"_s, timeOf(info.made)},  {u"last_call"_s, timeOf(info.lastCall)},
                       {u"episodes"_s, info.episodes}};
    object.insert(u"episode"_s,
                  info.episode.id.isEmpty() ? QJsonValue()
                                            : QJsonValue(episodeObject(info.episode)));
    return object;
}

QJsonObject episodeObject(const quarry::gem::EpisodeInfo &info)
{
    QJsonObject object{{u"id"_s, info.id},
                       {u"sandbox_id"_s, info.environmentId},
                       {u"env_id"_s, info.spec.envId},
                       {u"engine"_s, engineOf(info.spec)},
                       {u"parameters"_s, info.spec.parameters},
                       {u"seed"_s, info.isSeeded ? QJsonValue(qint64(info.seed)) : QJsonValue()},
                       {u"started"_s, timeOf(info.started)},
                       {u"steps"_s, info.steps},
                       {u"reward"_s, info.reward},
                       {u"terminated"_s, info.terminated},
                       {u"truncated"_s, info.truncated},
                       {u"live"_s, info.isLive}};
    if (!info.reason.isEmpty())
        object.insert(u"reason"_s, info.reason);
    return object;
}

} // namespace quarry::api::gem
