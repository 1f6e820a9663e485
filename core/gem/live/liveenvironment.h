// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One environment in clients' hands: what plays it, its record, and who waits for it.
#pragma once

#include "gem/episodes/episodewriter.h"
#include "gem/live/environmentservice.h"
#include "gem/python/pythonenvironment.h"

#include <QList>

#include <algorithm>
#include <functional>

namespace quarry::gem {

constexpr int idBytes = 8;
constexpr QLatin1String fileSuffix(".episodes");

inline QString episodePath(const QString &folder, const QString &environment)
{
    return folder + u'/' + environment + fileSuffix;
}

// The last call, as a step records it.
inline quint32 sinceStart(const EnvironmentInfo &info)
{
    return quint32(std::clamp<qint64>(info.lastCall - info.episode.started, 0, UINT32_MAX));
}

struct LiveEnvironment {
    LiveEnvironment(EnvironmentInfo of, std::unique_ptr<Environment> made, const QString &path)
        : info(std::move(of)), game(std::move(made)), writer(path, info.spec)
    {
    }

    EnvironmentInfo info;
    std::unique_ptr<Environment> game; // null of a Python one
    std::unique_ptr<PythonEnvironment> python; // null of a native one, and when it is over
    QString over; // why a Python one can do nothing any more
    EpisodeWriter writer;
    bool busy = false; // a pool has the game, or Python a call
    qint64 lastByHand = 0; // ms since 1970
    bool closed = false;
    bool unflushed = false; // the index is behind
    bool searches = false;  // a reset takes milliseconds and more
    bool recordFailed = false; // the episode is over: a step could not be kept
    QList<std::function<void()>> waiting;
};

} // namespace quarry::gem
