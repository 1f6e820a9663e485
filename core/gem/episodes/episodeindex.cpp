// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/episodes/episodeindex.h"

#include "gem/episodes/episodewriter.h"

#include <QMap>

namespace quarry::gem {

using namespace Qt::StringLiterals;

namespace {

#define QUARRY_EPISODE_COLUMNS                                                                     \
    "id,environment,env_id,spec,seed,started,steps,reward,terminated,truncated,live,offset,"       \
    "length,"                                                                                      \
    "reason"

constexpr qint64 unseeded = -1;

EpisodeInfo infoFrom(const store::Statement &row)
{
    EpisodeInfo info;
    info.id = row.text(0);
    info.environmentId = row.text(1);
    info.spec = specOf(row.bytes(3)).value_or(EnvironmentSpec{row.text(2), {}});
    info.isSeeded = row.number(4) != unseeded;
    info.seed = info.isSeeded ? quint32(row.number(4)) : 0;
    info.started = row.number(5);
    info.steps = row.number(6);
    info.reward = row.real(7);
    info.terminated = row.number(8) != 0;
    info.truncated = row.number(9) != 0;
    info.isLive = row.number(10) != 0;
    info.offset = row.number(11);
    info.length = row.number(12);
    info.reason = row.text(13);
    return info;
}

} // namespace

QStringList EpisodeIndex::migrations()
{
    return {u"CREATE TABLE episodes(id TEXT PRIMARY KEY, environment TEXT NOT NULL,"
            " env_id TEXT NOT NULL, spec TEXT NOT NULL, seed INTEGER NOT NULL,"
            " started INTEGER NOT NULL, steps INTEGER NOT NULL, reward REAL NOT NULL,"
            " terminated INTEGER NOT NULL, truncated INTEGER NOT NULL, live INTEGER NOT NULL,"
            " offset INTEGER NOT NULL, length INTEGER NOT NULL);"
            "CREATE INDEX episodes_by_start ON episodes(started);"
            "CREATE INDEX episodes_by_kind ON episodes(env_id,started);"
            "CREATE INDEX episodes_by_environment ON episodes(environment,started);"_s,
            u"CREATE INDEX episodes_by_life ON episodes(env_id,live,started);"_s,
            u"ALTER TABLE episodes ADD COLUMN reason TEXT NOT NULL DEFAULT '';"_s};
}

EpisodeIndex::EpisodeIndex(store::Database &database)
    : m_database(database),
      m_put(database.prepare("INSERT OR REPLACE INTO episodes(" QUARRY_EPISODE_COLUMNS
                             ") VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)")),
      m_info(database.prepare("SELECT " QUARRY_EPISODE_COLUMNS " FROM episodes WHERE id=?")),
      m_remove(database.prepare("DELETE FROM episodes WHERE environment=?"))
{
}

Result<void> EpisodeIndex::putOne(const EpisodeInfo &info)
{
    m_put.reset();
    m_put.bind(info.id)
        .bind(info.environmentId)
        .bind(info.spec.envId)
        .bind(QString::fromUtf8(headOf(info.spec)))
        .bind(info.isSeeded ? qint64(info.seed) : unseeded)
        .bind(info.started)
        .bind(info.steps)
        .bindReal(info.reward)
        .bind(qint64(info.terminated))
        .bind(qint64(info.truncated))
        .bind(qint64(info.isLive))
        .bind(info.offset)
        .bind(info.length)
        .bind(info.reason);
    return m_put.run();
}

Result<void> EpisodeIndex::put(const QList<EpisodeInfo> &episodes)
{
    return m_database.transaction([&]() -> Result<void> {
        for (const EpisodeInfo &info : episodes) {
            if (const Result<void> done = putOne(info); !done)
                return done;
        }
        return {};
    });
}

Result<void> EpisodeIndex::replace(const QString &environment, const QList<EpisodeInfo> &episodes)
{
    return m_database.transaction([&]() -> Result<void> {
        m_remove.reset();
        m_remove.bind(environment);
        if (const Result<void> removed = m_remove.run(); !removed)
            return removed;
        for (const EpisodeInfo &info : episodes) {
            if (const Result<void> done = putOne(info); !done)
                return done;
        }
        return {};
    });
}

Result<EpisodePage> EpisodeIndex::list(const EpisodeFilter &filter)
{
    // A list of one kind follows its index; otherwise an empty filter lets everything by.
    const QByteArray kind = filter.envId.isEmpty() ? "?1=''" : "env_id=?1";
    const QByteArray where = " FROM episodes WHERE " + kind + " AND (?2='' OR environment=?2)";
    const QByteArray order
        = filter.liveFirst ? " ORDER BY live DESC, started DESC" : " ORDER BY started DESC";
    EpisodePage page;
    store::Statement count = m_database.prepare(("SELECT count(*)" + where).constData());
    count.bind(filter.envId).bind(filter.environmentId);
    const Result<bool> counted = count.step();
    if (!counted)
        return counted.error();
    page.total = count.number(0);
    store::Statement rows = m_database.prepare(
        ("SELECT " QUARRY_EPISODE_COLUMNS + where + order + ", rowid DESC LIMIT ?3 OFFSET ?4")
            .constData());
    rows.bind(filter.envId).bind(filter.environmentId).bind(filter.limit).bind(filter.offset);
    for (;;) {
        const Result<bool> row = rows.step();
        if (!row)
            return row.error();
        if (!*row)
            return page;
        page.items.append(infoFrom(rows));
    }
}

Result<EpisodeInfo> EpisodeIndex::info(const QString &id)
{
    m_info.reset();
    m_info.bind(id);
    const Result<bool> row = m_info.step();
    if (!row)
        return row.error();
    if (!*row)
        return Error{ErrorCode::NotFound, u"There is no episode '%1'."_s.arg(id), {}};
    const EpisodeInfo info = infoFrom(m_info);
    m_info.reset();
    return info;
}

Result<QMap<QString, bool>> EpisodeIndex::environments()
{
    QMap<QString, bool> found;
    store::Statement rows
        = m_database.prepare("SELECT environment,max(live) FROM episodes GROUP BY environment");
    for (;;) {
        const Result<bool> row = rows.step();
        if (!row)
            return row.error();
        if (!*row)
            return found;
        found.insert(rows.text(0), rows.number(1) != 0);
    }
}

} // namespace quarry::gem
