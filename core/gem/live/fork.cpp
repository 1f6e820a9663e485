// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Episodes that begin as another one did, and those that came from elsewhere.
#include "base/ids.h"
#include "base/pool.h"
#include "gem/episodes/episodejson.h"
#include "gem/episodes/episodereader.h"
#include "gem/live/liveenvironment.h"

#include <QDateTime>
#include <QFile>

namespace quarry::gem {

using namespace Qt::StringLiterals;

namespace {

struct Branch {
    std::shared_ptr<Environment> game;
    QByteArray records;
    EpisodeInfo sums;
};

// The game after the first STEPS of RECORDED, and their records.
Result<Branch> branchOf(const EpisodeInfo &from, std::span<const StepRecord> recorded)
{
    auto made = makeFrom(from.spec);
    if (!made)
        return made.error();
    Branch branch;
    branch.game = std::move(*made);
    branch.game->reset(from.seed);
    for (const StepRecord &step : recorded) {
        const StepResult again = branch.game->step(
            std::string_view(step.action.data(), std::size_t(step.action.size())));
        StepRecord record = step;
        record.bare = false;
        record.reward = again.reward;
        record.terminated = again.terminated;
        record.truncated = again.truncated;
        appendStep(branch.records, record);
        branch.sums.reward += again.reward;
        branch.sums.terminated = branch.sums.terminated || again.terminated;
        branch.sums.truncated = branch.sums.truncated || again.truncated;
    }
    branch.sums.steps = qint64(recorded.size());
    return branch;
}

// A file for each, as if it had been played here.
Result<QList<EpisodeInfo>> keepImported(const QByteArray &lines, const QString &folder)
{
    const Result<QList<ImportedEpisode>> read = quarry::gem::importEpisodes(lines);
    if (!read)
        return read.error();
    QList<EpisodeInfo> kept;
    for (const ImportedEpisode &episode : *read) {
        const QString environment = u"imported-"_s + randomHex(idBytes);
        const QString path = episodePath(folder, environment);
        EpisodeWriter writer(path, episode.spec);
        QByteArray records;
        for (const StepRecord &step : episode.steps)
            appendStep(records, step);
        if (!episode.reason.isEmpty())
            appendEnd(records, episode.reason);
        Result<void> written = writer.start(episode.start);
        if (written)
            written = writer.append(records);
        const Result<QList<EpisodeInfo>> found
            = written ? scanEpisodes(path, environment) : written.error();
        if (!found) {
            QFile::remove(path);
            for (const EpisodeInfo &info : kept)
                QFile::remove(episodePath(folder, info.environmentId));
            return found.error();
        }
        kept += *found;
    }
    return kept;
}

} // namespace

void EnvironmentService::fork(const QString &episodeId, qint64 step, Callback<QString> done)
{
    const Result<EpisodeInfo> from = episode(episodeId);
    if (!from) {
        answerLater<QString>(this, std::move(done), from.error());
        return;
    }
    if (from->spec.python) { // what makeFrom() says
        answerLater<QString>(this, std::move(done), makeFrom(from->spec).error());
        return;
    }
    if (step < 0 || step > from->steps) {
        answerLater<QString>(this, std::move(done),
                             Error{ErrorCode::InvalidArgument,
                                   u"step: the episode has steps 0 to %1"_s.arg(from->steps),
                                   {}});
        return;
    }
    runInPool<Branch>(
        m_pool, this,
        [info = *from, path = pathOf(*from), step]() -> Result<Branch> {
            const Result<EpisodeSteps> read = readSteps(path, info);
            if (!read)
                return read.error();
            if (read->steps.size() < step)
                return Error{
                    ErrorCode::Io,
                    u"%1 can be read for %2 steps only"_s.arg(path).arg(read->steps.size()),
                    {}};
            return branchOf(info, std::span(read->steps.constData(), std::size_t(step)));
        },
        [this, info = *from, done = std::move(done)](const Result<Branch> &branch) {
            if (!branch)
                done(branch.error());
            else
                done(continueFrom(info, branch->game->clone(), branch->records, branch->sums));
        });
}

Result<QString> EnvironmentService::continueFrom(const EpisodeInfo &from,
                                                 std::unique_ptr<Environment> game,
                                                 const QByteArray &records, const EpisodeInfo &sums)
{
    const LivePtr live = add(from.spec, std::move(game));
    StartRecord start;
    start.time = QDateTime::currentMSecsSinceEpoch();
    start.seed = from.seed;
    if (const Result<void> begun = beginEpisode(*live, start); !begun)
        return begun.error();
    EpisodeInfo &episode = live->info.episode;
    if (const Result<void> kept = live->writer.append(records); !kept) {
        live->recordFailed = true;
        return kept.error();
    }
    episode.steps = sums.steps;
    episode.reward = sums.reward;
    episode.terminated = sums.terminated;
    episode.truncated = sums.truncated;
    episode.length = live->writer.size() - episode.offset;
    return live->info.id;
}

void EnvironmentService::importEpisodes(QByteArray lines, Callback<QList<EpisodeInfo>> done)
{
    runInPool<QList<EpisodeInfo>>(
        m_pool, this,
        [lines = std::move(lines), folder = m_settings.folder] {
            return keepImported(lines, folder);
        },
        [this, done = std::move(done)](Result<QList<EpisodeInfo>> imported) {
            if (imported) {
                m_ended += *imported;
                flush();
            }
            done(std::move(imported));
        });
}

} // namespace quarry::gem
