// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One environment in clients' hands: the game, its record, and who waits for it.
#pragma once

#include "gem/episodes/episodewriter.h"
#include "gem/live/environmentservice.h"

#include <QList>

#include <functional>

namespace quarry::gem {

constexpr int idBytes = 8;
constexpr QLatin1String fileSuffix(".episodes");

inline QString episodePath(const QString &folder, const QString &environment)
{
    return folder + u'/' + environment + fileSuffix;
}

struct LiveEnvironment {
    LiveEnvironment(EnvironmentInfo of, std::unique_ptr<Environment> made, const QString &path)
        : info(std::move(of)), game(std::move(made)), writer(path, info.spec)
    {
    }

    EnvironmentInfo info;
    std::unique_ptr<Environment> game;
    EpisodeWriter writer;
    bool busy = false; // a pool has the game
    qint64 lastByHand = 0; // ms since 1970
    bool closed = false;
    bool unflushed = false; // the index is behind
    bool searches = false;  // a reset takes milliseconds and more
    bool recordFailed = false; // the episode is over: a step could not be kept
    QList<std::function<void()>> waiting;
};

} // namespace quarry::gem
