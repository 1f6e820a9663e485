// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Environments that the Python package plays.
#include "gem/python/pythongem.h"

#include "base/pool.h"
#include "gem/environment/jsontext.h"
#include "gem/episodes/stepjson.h"
#include "gem/games/registry.h"
#include "gem/live/liveenvironment.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QPointer>

namespace quarry::gem {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype actionMax = 16 << 20;
constexpr qsizetype reasonMax = 4000;

QByteArray compact(const QJsonObject &info)
{
    return QJsonDocument(info).toJson(QJsonDocument::Compact);
}

void appendGiven(std::string &out, std::string_view name, const QByteArray &text, bool quote)
{
    out += name;
    const std::string_view view(text.constData(), std::size_t(text.size()));
    if (quote)
        appendQuoted(out, view);
    else
        out += view;
}

Error closed(const LiveEnvironment &live)
{
    return {ErrorCode::NotFound,
            u"There is no environment '%1': it was closed."_s.arg(live.info.id)};
}

Error isOver(const LiveEnvironment &live)
{
    return {ErrorCode::WrongState, u"The environment is over, make another one. "_s + live.over};
}

} // namespace

bool EnvironmentService::isPython(const QString &id) const
{
    const Result<LivePtr> found = find(id.toStdString());
    return found && (*found)->info.spec.python;
}

void EnvironmentService::pythonIds(Callback<QStringList> done)
{
    if (!m_python || m_settings.playedBy == PlayedBy::Native) {
        answerLater<QStringList>(this, std::move(done), QStringList());
        return;
    }
    m_python->interpreter([done = std::move(done)](const Result<Interpreter> &found) {
        done(found ? found->ids : QStringList());
    });
}

void EnvironmentService::make(EnvironmentSpec spec, Callback<QString> done)
{
    const bool native = environmentKind(spec.envId.toStdString()) != nullptr;
    if (!m_python || m_settings.playedBy == PlayedBy::Native
        || (native && m_settings.playedBy == PlayedBy::Auto)) {
        done(make(std::move(spec)));
        return;
    }
    const QPointer<EnvironmentService> self(this);
    m_python->interpreter([=](const Result<Interpreter> &found) {
        if (!self)
            return;
        if (found && found->ids.contains(spec.envId))
            self->makePython(spec, done);
        else if (found)
            done(unknownEnvironment(spec.envId, found->ids));
        else if (native || isOfThePackage(spec.envId))
            done(found.error());
        else
            done(unknownEnvironment(spec.envId));
    });
}

void EnvironmentService::makePython(EnvironmentSpec spec, Callback<QString> done)
{
    spec.python = true;
    const QPointer<EnvironmentService> self(this);
    m_python->make(spec.envId, spec.parameters,
                   [=](Result<std::unique_ptr<PythonEnvironment>> made) {
                       if (!made) {
                           done(made.error());
                           return;
                       }
                       if (!self) {
                           made->release()->deleteLater(); // it may be its own callback that runs
                           return;
                       }
                       const LivePtr live = self->add(spec, nullptr);
                       live->python = std::move(*made);
                       connect(live->python.get(), &PythonEnvironment::ended, self.data(),
                               [self, weak = std::weak_ptr(live)](const Error &error) {
                                   if (const LivePtr mine = weak.lock(); mine && !mine->closed)
                                       self->endPython(*mine, error.message);
                               });
                       done(live->info.id);
                   });
}

void EnvironmentService::shutdown(Callback<void> done)
{
    QStringList ids;
    for (const auto &[id, live] : m_live) {
        if (live->info.spec.python)
            ids.append(live->info.id);
    }
    for (const QString &id : ids)
        closeFor(id, u"Quarry ended."_s);
    if (m_python)
        m_python->shutdown(std::move(done));
    else
        answerLater<void>(this, std::move(done), {});
}

// The interpreter and what it started go, whatever they are at; who waits for them is told.
void EnvironmentService::endPython(LiveEnvironment &live, const QString &reason)
{
    if (!live.python)
        return;
    live.over = reason.left(reasonMax);
    endEpisode(live, live.over);
    PythonEnvironment *const python = live.python.release();
    python->disconnect(this);
    python->cancel();
    python->deleteLater(); // it may be its own callback that runs
}

void EnvironmentService::endEpisode(LiveEnvironment &live, const QString &reason)
{
    EpisodeInfo &episode = live.info.episode;
    if (episode.id.isEmpty() || episode.terminated || episode.truncated
        || !episode.reason.isEmpty())
        return;
    episode.reason = reason.left(reasonMax);
    QByteArray record;
    appendEnd(record, episode.reason);
    if (!live.writer.append(record))
        live.recordFailed = true;
    episode.length = live.writer.size() - episode.offset;
    episode.isLive = false;
    changed(live);
}

// ---- playing

void EnvironmentService::resetPython(const LivePtr &live, std::optional<quint32> seed,
                                     Callback<std::string> done)
{
    if (!live->python) {
        done(isOver(*live));
        return;
    }
    live->busy = true;
    const auto take = [this, live, seed, done = std::move(done)](const Result<PythonReset> &given) {
        live->busy = false;
        live->info.lastCall = QDateTime::currentMSecsSinceEpoch();
        if (live->closed) {
            done(closed(*live));
            return;
        }
        if (!given) {
            endEpisode(*live, given.error().message);
            done(given.error());
            goOn(live);
            return;
        }
        const QByteArray observation = given->observation.toUtf8();
        const QByteArray info = compact(given->info);
        const StartRecord start{live->info.lastCall, seed.value_or(0), true,
                                seed.has_value(),    observation,      info};
        if (const Result<void> begun = beginEpisode(*live, start); !begun) {
            done(begun.error());
        } else {
            std::string answer;
            appendGiven(answer, "{\"observation\":", observation, true);
            appendGiven(answer, ",\"info\":", info, false);
            answer += '}';
            done(std::move(answer));
        }
        goOn(live);
    };
    live->python->reset(seed, take, m_settings.answer);
}

void EnvironmentService::stepPython(const LivePtr &live, const QByteArray &action, bool batched,
                                    Callback<std::string> done)
{
    Result<void> may = mayStep(*live);
    const QString &reason = live->info.episode.reason;
    if (may && !reason.isEmpty())
        may = {ErrorCode::WrongState, u"The episode has ended: "_s + reason};
    else if (may && !live->python)
        may = isOver(*live);
    if (may && action.size() > actionMax)
        may = {ErrorCode::InvalidArgument, u"action: longer than %1 MB"_s.arg(actionMax >> 20)};
    if (!may) {
        done(may.error());
        return;
    }
    live->busy = true;
    if (action != "random_action") {
        askPython(live, action, batched, std::move(done));
        return;
    }
    live->python->sampleAction(
        [this, live, action, batched, done = std::move(done)](const Result<QString> &sampled) {
            // An environment that can sample nothing gets the words themselves, as GEM does.
            if (live->python) {
                askPython(live, sampled ? sampled->toUtf8() : action, batched, done);
                return;
            }
            live->busy = false;
            done(live->closed ? closed(*live) : isOver(*live));
            goOn(live);
        },
        m_settings.answer);
}

void EnvironmentService::askPython(const LivePtr &live, const QByteArray &action, bool batched,
                                   Callback<std::string> done)
{
    QElapsedTimer time;
    time.start();
    live->python->step(
        action,
        [this, live, action, batched, time,
         done = std::move(done)](const Result<PythonStep> &given) {
            live->busy = false;
            if (live->closed) {
                done(closed(*live));
                return;
            }
            done(tookStep(*live, action, batched, time.nsecsElapsed(), given));
            goOn(live);
        },
        m_settings.answer);
}

Result<std::string> EnvironmentService::tookStep(LiveEnvironment &live, const QByteArray &action,
                                                 bool batched, qint64 nanoseconds,
                                                 const Result<PythonStep> &given)
{
    live.info.lastCall = QDateTime::currentMSecsSinceEpoch();
    if (!given) {
        endEpisode(live, given.error().message);
        return given.error();
    }
    const QByteArray observation = given->observation.toUtf8();
    const QByteArray info = compact(given->info);
    StepRecord record;
    record.milliseconds = sinceStart(live.info);
    record.reward = given->reward;
    record.terminated = given->terminated;
    record.truncated = given->truncated;
    record.action = action;
    record.whole = true;
    record.microseconds = quint32(std::min<qint64>(nanoseconds / 1000, UINT32_MAX));
    record.observation = observation;
    record.info = info;
    if (const Result<void> kept = keepStep(live, record, batched); !kept)
        return kept.error();
    std::string answer;
    appendGiven(answer, "{\"observation\":", observation, true);
    answer += ",\"reward\":";
    appendReal(answer, given->reward);
    answer += given->terminated ? ",\"terminated\":true" : ",\"terminated\":false";
    answer += given->truncated ? ",\"truncated\":true" : ",\"truncated\":false";
    appendGiven(answer, ",\"info\":", info, false);
    answer += '}';
    return answer;
}

} // namespace quarry::gem
