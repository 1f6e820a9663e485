// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The list of all episodes, in quarry.db. It only repeats what the files say, and is made again
// from them.
#pragma once

#include "base/result.h"
#include "gem/episodes/episode.h"
#include "store/database.h"

#include <QList>

namespace quarry::gem {

struct EpisodeFilter {
    QString envId;         // empty: all
    QString environmentId; // empty: all
    qint64 offset = 0;
    qint64 limit = 100;
    bool liveFirst = false; // before the newest
};

struct EpisodePage {
    QList<EpisodeInfo> items; // the newest first
    qint64 total = 0;
};

// Belongs to its database's thread.
class EpisodeIndex
{
public:
    static QStringList migrations();
    explicit EpisodeIndex(store::Database &database);

    // New ones and changed ones, all or none.
    Result<void> put(const QList<EpisodeInfo> &episodes);
    Result<EpisodePage> list(const EpisodeFilter &filter);
    Result<EpisodeInfo> info(const QString &id);
    // Environments that have an episode, with whether one is live.
    Result<QMap<QString, bool>> environments();
    // What is listed of ENVIRONMENT is EPISODES from now on.
    Result<void> replace(const QString &environment, const QList<EpisodeInfo> &episodes);

private:
    Result<void> putOne(const EpisodeInfo &info);

    store::Database &m_database;
    store::Statement m_put;
    store::Statement m_info;
    store::Statement m_remove;
};

} // namespace quarry::gem
