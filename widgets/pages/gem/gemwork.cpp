// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gem/gemwork.h"

#include "base/pool.h"
#include "gem/episodes/episodejson.h"
#include "gem/episodes/replay.h"
#include "widgets/common/activitymodel.h"
#include "widgets/common/format.h"
#include "widgets/common/notices.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace quarry::widgets {

namespace {

constexpr std::size_t exportPiece = 1 << 20;
constexpr qint64 importMost = 1LL << 30;

Error fileError(const QFileDevice &file)
{
    return {ErrorCode::Io, QStringLiteral("%1: %2").arg(file.fileName(), file.errorString()), {}};
}

Result<qint64> writeEpisode(const QString &name, const gem::EpisodeInfo &info, const QString &path)
{
    Result<gem::EpisodeSteps> steps = gem::readSteps(path, info);
    if (!steps)
        return steps.error();
    Result<gem::EpisodeExport> lines = gem::EpisodeExport::open(info, std::move(*steps));
    if (!lines)
        return lines.error();
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly))
        return fileError(file);
    std::string piece;
    while (!lines->atEnd()) {
        piece.clear();
        lines->next(piece, exportPiece);
        file.write(piece.data(), qint64(piece.size()));
    }
    if (!file.commit())
        return fileError(file);
    return lines->steps();
}

void beginIn(gem::EnvironmentService &service, const QString &id, std::optional<quint32> seed,
             const Callback<QString> &done)
{
    service.reset(id, seed, [&service, id, done](const Result<std::string> &reset) {
        if (!reset) {
            done(reset.error());
            return;
        }
        (void)service.takeOver(id);
        done(gem::episodeId(id, 1));
    });
}

Result<QByteArray> readWhole(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return fileError(file);
    if (file.size() > importMost)
        return Error{ErrorCode::LimitExceeded,
                     GemWork::tr("%1 is larger than %2.").arg(name, formatBytes(importMost)),
                     {}};
    return file.readAll();
}

} // namespace

GemWork::GemWork(const Parts &parts, QObject *parent) : QObject(parent), m_parts(parts)
{
    m_pool.setMaxThreadCount(1);
}

GemWork::~GemWork()
{
    m_pool.waitForDone();
}

void GemWork::tell(const Error &error)
{
    m_parts.notices.post(
        {.kind = NoticeKind::Failure, .text = error.message, .actionText = {}, .action = {}});
}

void GemWork::tellDone(const QString &text)
{
    m_parts.notices.post(
        {.kind = NoticeKind::Success, .text = text, .actionText = {}, .action = {}});
}

void GemWork::begin(const gem::EnvironmentSpec &spec, std::optional<quint32> seed)
{
    m_parts.host.ask<QString>(
        this,
        [spec, seed](engine::Engine &engine, const Callback<QString> &done) {
            gem::EnvironmentService &service = engine.gem();
            service.make(spec, [&service, seed, done](const Result<QString> &id) {
                if (id)
                    beginIn(service, *id, seed, done);
                else
                    done(id.error());
            });
        },
        [this](const Result<QString> &episode) {
            if (episode)
                Q_EMIT made(*episode);
            else
                tell(episode.error());
        });
}

void GemWork::fork(const QString &episode, qint64 step)
{
    m_parts.host.ask<QString>(
        this,
        [episode, step](engine::Engine &engine, const Callback<QString> &done) {
            gem::EnvironmentService &service = engine.gem();
            service.fork(episode, step, [&service, done](const Result<QString> &id) {
                if (!id) {
                    done(id.error());
                    return;
                }
                (void)service.takeOver(*id);
                done(gem::episodeId(*id, 1));
            });
        },
        [this](const Result<QString> &forked) {
            if (forked)
                Q_EMIT made(*forked);
            else
                tell(forked.error());
        });
}

template <typename Call>
void GemWork::run(Call call)
{
    m_parts.host.ask<void>(
        this,
        [call](engine::Engine &engine, const Callback<void> &done) { done(call(engine.gem())); },
        [this](const Result<void> &done) {
            if (!done)
                tell(done.error());
        });
}

void GemWork::takeOver(const QString &environment)
{
    run([environment](gem::EnvironmentService &service) { return service.takeOver(environment); });
}

void GemWork::giveBack(const QString &environment)
{
    run([environment](gem::EnvironmentService &service) { return service.giveBack(environment); });
}

void GemWork::close(const QString &environment)
{
    run([environment](gem::EnvironmentService &service) { return service.close(environment); });
}

void GemWork::play(const QString &environment, const QByteArray &action)
{
    m_parts.host.ask<std::string>(
        this,
        [environment, action](engine::Engine &engine, Callback<std::string> done) {
            engine.gem().stepByHand(environment, action, std::move(done));
        },
        [this](const Result<std::string> &answer) {
            if (!answer)
                tell(answer.error());
        });
}

void GemWork::verify(const gem::EpisodeInfo &info, const QString &path)
{
    runInPool<gem::Verification>(
        m_pool, this,
        [info, path]() -> Result<gem::Verification> {
            const Result<gem::EpisodeSteps> steps = gem::readSteps(path, info);
            if (!steps)
                return steps.error();
            return gem::verify(info, *steps);
        },
        [this](const Result<gem::Verification> &found) {
            if (!found) {
                tell(found.error());
                return;
            }
            if (found->equal)
                tellDone(tr("All %1 steps came out as they were recorded.")
                             .arg(formatCount(found->steps)));
            else
                tell({ErrorCode::WrongState,
                      tr("Step %1 comes out otherwise: %2.")
                          .arg(found->firstDifference)
                          .arg(found->text),
                      {}});
            Q_EMIT verified(found->firstDifference);
        });
}

void GemWork::exportTo(const QString &file, const gem::EpisodeInfo &info, const QString &path)
{
    const ActivityId activity = m_parts.activity.begin(
        {.text = tr("Export %1 → %2").arg(info.id, QFileInfo(file).fileName()),
         .kind = tr("Episode"),
         .cancel = {},
         .open = {}});
    runInPool<qint64>(
        m_pool, this, [file, info, path] { return writeEpisode(file, info, path); },
        [this, file, activity](const Result<qint64> &steps) {
            m_parts.activity.end(activity, steps ? State::Success : State::Failed,
                                 steps ? QString() : steps.error().message);
            if (steps)
                tellDone(tr("%1 steps are in %2.").arg(formatCount(*steps), file));
            else
                tell(steps.error());
        });
}

void GemWork::importFrom(const QString &file)
{
    using Episodes = QList<gem::EpisodeInfo>;
    runInPool<QByteArray>(
        m_pool, this, [file] { return readWhole(file); },
        [this](const Result<QByteArray> &lines) {
            if (!lines) {
                tell(lines.error());
                return;
            }
            m_parts.host.ask<Episodes>(
                this,
                [lines = *lines](engine::Engine &engine, Callback<Episodes> done) {
                    engine.gem().importEpisodes(lines, std::move(done));
                },
                [this](const Result<Episodes> &episodes) {
                    if (!episodes)
                        tell(episodes.error());
                    else if (!episodes->isEmpty())
                        Q_EMIT imported(episodes->first());
                });
        });
}

} // namespace quarry::widgets
