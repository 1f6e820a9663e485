// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/live/environmentservice.h"

#include "base/ids.h"
#include "base/pool.h"
#include "gem/episodes/episodereader.h"
#include "gem/episodes/stepjson.h"
#include "gem/live/liveenvironment.h"

#include <QDateTime>
#include <QDir>
#include <QRandomGenerator>

namespace quarry::gem {

using namespace Qt::StringLiterals;

namespace {

constexpr int flushMilliseconds = 200;
constexpr std::chrono::seconds sweepEvery{15};

qint64 now()
{
    return QDateTime::currentMSecsSinceEpoch();
}

bool searchesForItsBoard(const QString &envId)
{
    return envId.startsWith("game:Sokoban"_L1) || envId.startsWith("game:Sudoku"_L1);
}

// A native one that goes on no more can be forked; of a Python one nothing is left.
void markInterrupted(EpisodeInfo &last)
{
    if (last.spec.python && !last.terminated && !last.truncated && last.reason.isEmpty())
        last.reason = u"interrupted: Quarry ended"_s;
}

Error notThere(std::string_view id)
{
    const QString name
        = QString::fromUtf8(id.data(), qsizetype(std::min<std::size_t>(id.size(), 100)));
    return {ErrorCode::NotFound,
            u"There is no environment '%1': it was closed, or never made."_s.arg(name),
            {}};
}

} // namespace

EnvironmentService::EnvironmentService(store::Database &database, GemSettings settings,
                                       PythonGem *python, QObject *parent)
    : QObject(parent), m_settings(std::move(settings)), m_index(database),
      m_json(std::make_unique<StepJson>()), m_sample(QRandomGenerator::global()->generate64()),
      m_python(python)
{
    m_flush.setSingleShot(true);
    m_flush.setInterval(flushMilliseconds);
    connect(&m_flush, &QTimer::timeout, this, &EnvironmentService::flush);
    m_sweep.setInterval(std::min<std::chrono::milliseconds>(
        sweepEvery, std::min(m_settings.idle, m_settings.hand)));
    connect(&m_sweep, &QTimer::timeout, this, &EnvironmentService::sweepIdle);
    // A search takes one core; the others go on stepping.
    m_pool.setMaxThreadCount(std::max(1, QThread::idealThreadCount() - 1));
}

EnvironmentService::~EnvironmentService()
{
    m_pool.waitForDone();
    for (const auto &[id, live] : m_live) {
        live->info.episode.isLive = false;
        if (live->info.spec.python)
            endPython(*live, u"Quarry ended."_s);
        changed(*live);
    }
    flush();
}

Result<void> EnvironmentService::recover()
{
    QDir folder(m_settings.folder);
    if (!folder.mkpath(u"."_s))
        return Error{ErrorCode::Io, u"Cannot make %1."_s.arg(m_settings.folder), {}};
    const auto listed = m_index.environments();
    if (!listed)
        return listed.error();
    for (const QString &name : folder.entryList({u"*"_s + fileSuffix}, QDir::Files)) {
        const QString environment = name.chopped(fileSuffix.size());
        if (listed->contains(environment) && !listed->value(environment))
            continue;
        auto found = scanEpisodes(folder.filePath(name), environment);
        if (found && !found->isEmpty())
            markInterrupted(found->last());
        if (const Result<void> put
            = m_index.replace(environment, found ? *found : QList<EpisodeInfo>());
            !put)
            return put;
    }
    return {};
}

// ---- making and closing

Result<QString> EnvironmentService::make(EnvironmentSpec spec)
{
    if (int(m_live.size()) >= m_settings.mostEnvironments)
        return Error{
            ErrorCode::LimitExceeded,
            u"%1 environments are open; close some first."_s.arg(m_settings.mostEnvironments),
            {}};
    spec.wheelFifteen = spec.wheelFifteen || m_settings.wheelFifteen;
    auto made = makeFrom(spec);
    if (!made)
        return made.error();
    return add(std::move(spec), std::move(*made))->info.id;
}

EnvironmentService::LivePtr EnvironmentService::add(EnvironmentSpec spec,
                                                    std::unique_ptr<Environment> made)
{
    EnvironmentInfo info;
    info.id = u"gem-"_s + randomHex(idBytes);
    info.spec = std::move(spec);
    info.made = info.lastCall = now();
    const auto live = std::make_shared<LiveEnvironment>(info, std::move(made),
                                                        episodePath(m_settings.folder, info.id));
    live->searches = searchesForItsBoard(info.spec.envId);
    m_live.emplace(info.id.toStdString(), live);
    if (!m_sweep.isActive())
        m_sweep.start();
    changed(*live);
    return live;
}

Result<EnvironmentService::LivePtr> EnvironmentService::find(std::string_view id) const
{
    const auto found = m_live.find(std::string(id));
    return found == m_live.end() ? Result<LivePtr>(notThere(id)) : found->second;
}

Result<void> EnvironmentService::close(const QString &id)
{
    const auto found = m_live.find(id.toStdString());
    if (found == m_live.end())
        return notThere(id.toStdString());
    closeFor(id, u"The environment was closed."_s);
    return {};
}

void EnvironmentService::closeFor(const QString &id, const QString &reason)
{
    const auto found = m_live.find(id.toStdString());
    if (found == m_live.end())
        return;
    const LivePtr live = found->second;
    m_live.erase(found);
    live->closed = true;
    if (live->info.spec.python)
        endPython(*live, reason);
    live->info.isTaken = false;
    live->info.episode.isLive = false;
    changed(*live);
    live->writer.closeFile();
    for (const auto &work : std::exchange(live->waiting, {}))
        work();
}

void EnvironmentService::sweepIdle()
{
    const qint64 before = now() - std::chrono::milliseconds(m_settings.idle).count();
    QStringList idle;
    for (const auto &[id, live] : m_live) {
        if (!live->busy && !live->info.isTaken && live->info.lastCall <= before)
            idle.append(live->info.id);
    }
    giveBackForgotten();
    for (const QString &id : idle)
        closeFor(id, u"The environment was idle."_s);
}

// ---- playing

void EnvironmentService::whenFree(const LivePtr &live, std::function<void()> work)
{
    if (live->busy || live->info.isTaken)
        live->waiting.append(std::move(work));
    else
        work();
}

void EnvironmentService::reset(const QString &id, std::optional<quint32> seed,
                               Callback<std::string> done)
{
    const Result<LivePtr> found = find(id.toStdString());
    if (!found) {
        done(found.error());
        return;
    }
    whenFree(*found,
             [this, live = *found, seed, done = std::move(done)] { resetNow(live, seed, done); });
}

void EnvironmentService::resetNow(const LivePtr &live, std::optional<quint32> seed,
                                  Callback<std::string> done)
{
    if (live->closed)
        done(notThere(live->info.id.toStdString()));
    else if (live->info.spec.python)
        resetPython(live, seed, std::move(done));
    else
        resetNative(live, seed ? *seed : QRandomGenerator::system()->generate(), std::move(done));
}

void EnvironmentService::resetNative(const LivePtr &live, quint32 seed, Callback<std::string> done)
{
    if (!live->searches) {
        live->game->reset(seed);
        afterReset(live, seed, done);
        return;
    }
    live->busy = true;
    runInPool<void>(
        m_pool, this,
        [live, seed] {
            live->game->reset(seed);
            return Result<void>();
        },
        [this, live, seed, done = std::move(done)](const Result<void> &) {
            live->busy = false;
            afterReset(live, seed, done);
            goOn(live);
        });
}

void EnvironmentService::afterReset(const LivePtr &live, quint32 seed,
                                    const Callback<std::string> &done)
{
    if (live->closed) {
        done(notThere(live->info.id.toStdString()));
        return;
    }
    StartRecord start;
    start.time = now();
    start.seed = seed;
    if (const Result<void> begun = beginEpisode(*live, start); !begun) {
        done(begun.error());
        return;
    }
    std::string answer;
    m_json->appendReset(answer, *live->game);
    done(std::move(answer));
}

Result<void> EnvironmentService::beginEpisode(LiveEnvironment &live, const StartRecord &start)
{
    EnvironmentInfo &info = live.info;
    if (!info.episode.id.isEmpty()) {
        info.episode.isLive = false;
        m_ended.append(info.episode);
    }
    const Result<void> kept = live.writer.start(start);
    live.recordFailed = !kept;
    if (!kept)
        return kept;
    info.lastCall = start.time;
    info.episode = EpisodeInfo();
    info.episode.id = episodeId(info.id, ++info.episodes);
    info.episode.environmentId = info.id;
    info.episode.spec = info.spec;
    info.episode.seed = start.seed;
    info.episode.isSeeded = start.seeded;
    info.episode.started = start.time;
    info.episode.isLive = true;
    info.episode.offset = live.writer.episodeStart();
    info.episode.length = live.writer.size() - info.episode.offset;
    changed(live);
    return {};
}

void EnvironmentService::step(const QString &id, const QByteArray &action,
                              Callback<std::string> done)
{
    const Result<LivePtr> found = find(id.toStdString());
    if (!found) {
        done(found.error());
        return;
    }
    whenFree(*found, [this, live = *found, action, done = std::move(done)] {
        if (live->info.spec.python) {
            stepPython(live, action, false, done);
            return;
        }
        std::string answer;
        const std::string_view text(action.constData(), std::size_t(action.size()));
        if (const Result<void> stepped = stepNow(*live, text, false, answer); !stepped)
            done(stepped.error());
        else
            done(std::move(answer));
    });
}

Result<void> EnvironmentService::mayStep(const LiveEnvironment &live) const
{
    const EpisodeInfo &episode = live.info.episode;
    if (live.closed)
        return notThere(live.info.id.toStdString());
    if (episode.id.isEmpty())
        return Error{ErrorCode::WrongState, u"Reset the environment before its first step."_s, {}};
    if (live.recordFailed)
        return Error{ErrorCode::WrongState,
                     u"The episode could not be recorded; reset the environment."_s,
                     {}};
    if (live.game ? live.game->isOver() : episode.terminated || episode.truncated)
        return Error{ErrorCode::WrongState, u"The episode has ended; reset the environment."_s, {}};
    return {};
}

Result<void> EnvironmentService::stepNow(LiveEnvironment &live, std::string_view action,
                                         bool batched, std::string &out)
{
    if (const Result<void> may = mayStep(live); !may)
        return may;
    std::string sampled;
    if (action == "random_action" && live.game->appendLegalAction(m_sample, sampled))
        action = sampled;
    const StepResult result = live.game->step(action);
    live.info.lastCall = now();
    StepRecord record;
    record.milliseconds = sinceStart(live.info);
    record.reward = result.reward;
    record.terminated = result.terminated;
    record.truncated = result.truncated;
    record.action = QByteArrayView(action.data(), qsizetype(action.size()));
    record.bare = batched && m_settings.batches == Recording::Actions;
    if (const Result<void> kept = keepStep(live, record, batched); !kept)
        return kept;
    m_json->appendStep(out, *live.game, result);
    return {};
}

// RECORD in the file, as far as the settings want that, and counted.
Result<void> EnvironmentService::keepStep(LiveEnvironment &live, const StepRecord &record,
                                          bool batched)
{
    if (!batched || m_settings.batches != Recording::Off) {
        if (const Result<void> kept = live.writer.step(record); !kept) {
            live.recordFailed = true;
            return kept;
        }
    }
    EpisodeInfo &episode = live.info.episode;
    ++episode.steps;
    episode.reward += record.reward;
    episode.terminated = episode.terminated || record.terminated;
    episode.truncated = episode.truncated || record.truncated;
    episode.length = live.writer.size() - episode.offset;
    changed(live);
    return {};
}

// ---- the index and who watches

void EnvironmentService::changed(LiveEnvironment &live)
{
    m_changed = true;
    if (!m_flush.isActive())
        m_flush.start();
    if (std::exchange(live.unflushed, true))
        return;
    // Closed ones are no longer found by id.
    if (live.closed) {
        if (!live.info.episode.id.isEmpty())
            m_ended.append(live.info.episode);
        return;
    }
    m_unflushed.append(m_live.at(live.info.id.toStdString()));
}

void EnvironmentService::flush()
{
    // Who is told may ask for a list, which comes here again.
    if (!std::exchange(m_changed, false) && m_ended.isEmpty())
        return;
    QList<EpisodeInfo> episodes = std::exchange(m_ended, {});
    for (const LivePtr &live : std::exchange(m_unflushed, {})) {
        live->unflushed = false;
        if (!live->info.episode.id.isEmpty())
            episodes.append(live->info.episode);
    }
    if (!episodes.isEmpty()) {
        // The files have it all: what fails here is found again at the next start.
        if (!m_index.put(episodes))
            qWarning("The list of episodes could not be written.");
        Q_EMIT episodesChanged();
    }
    Q_EMIT environmentsChanged();
}

QList<EnvironmentInfo> EnvironmentService::environments() const
{
    QList<EnvironmentInfo> out;
    out.reserve(qsizetype(m_live.size()));
    for (const auto &[id, live] : m_live)
        out.append(live->info);
    std::sort(out.begin(), out.end(),
              [](const EnvironmentInfo &a, const EnvironmentInfo &b) { return a.made > b.made; });
    return out;
}

Result<EnvironmentInfo> EnvironmentService::environment(const QString &id) const
{
    const Result<LivePtr> found = find(id.toStdString());
    return found ? Result<EnvironmentInfo>((*found)->info) : found.error();
}

// ---- episodes

Result<EpisodePage> EnvironmentService::episodes(const EpisodeFilter &filter)
{
    flush();
    return m_index.list(filter);
}

Result<EpisodeInfo> EnvironmentService::episode(const QString &id)
{
    flush();
    return m_index.info(id);
}

QString EnvironmentService::pathOf(const EpisodeInfo &episode) const
{
    return episodePath(m_settings.folder, episode.environmentId);
}

} // namespace quarry::gem
