// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gem/openepisode.h"

#include "base/pool.h"
#include "gem/episodes/stepjson.h"

#include <QJsonDocument>

#include <algorithm>

namespace quarry::widgets {

using namespace Qt::StringLiterals;

namespace {

struct Located {
    gem::EpisodeInfo info;
    QString path;
    bool taken = false;
};

void locate(engine::EngineHost &host, QObject *context, const QString &id, Callback<Located> done)
{
    host.ask<Located>(
        context,
        [id](engine::Engine &engine, const Callback<Located> &found) {
            const Result<gem::EpisodeInfo> info = engine.gem().episode(id);
            if (!info) {
                found(info.error());
                return;
            }
            const auto environment = engine.gem().environment(info->environmentId);
            found(Located{*info, engine.gem().pathOf(*info),
                          environment && environment->isTaken && environment->episode.id == id});
        },
        std::move(done));
}

QJsonObject boardObject(const gem::Environment &environment)
{
    std::string text;
    environment.appendBoard(text);
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
}

QByteArrayView viewOf(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

} // namespace

OpenEpisode::OpenEpisode(engine::EngineHost &host, QObject *parent) : QObject(parent), m_host(host)
{
    m_pool.setMaxThreadCount(1);
}

OpenEpisode::~OpenEpisode()
{
    m_pool.waitForDone();
}

void OpenEpisode::open(const QString &episodeId)
{
    close();
    m_id = episodeId;
    m_busy = true;
    locate(m_host, this, episodeId, [this, episodeId](const Result<Located> &found) {
        if (m_id != episodeId)
            return;
        if (!found) {
            fail(found.error());
            return;
        }
        m_info = found->info;
        m_taken = found->taken;
        read(found->path);
    });
}

void OpenEpisode::close()
{
    m_id.clear();
    m_replay.reset();
    m_read.clear();
    m_told.clear();
    m_returns.clear();
    m_info = {};
    m_busy = false;
    m_following = false;
    m_taken = false;
    m_again = false;
}

void OpenEpisode::fail(const Error &error)
{
    m_busy = false;
    Q_EMIT failed(error.message);
}

Result<OpenEpisode::Loaded> OpenEpisode::load(const QString &path, const gem::EpisodeInfo &info)
{
    Result<gem::EpisodeSteps> steps = gem::readSteps(path, info);
    if (!steps)
        return steps.error();
    Loaded loaded;
    if (!info.spec.python) {
        Result<gem::Replay> replay = gem::Replay::open(info.spec, info.seed);
        if (!replay)
            return replay.error();
        loaded.replay = std::make_shared<gem::Replay>(std::move(*replay));
    }
    loaded.returns.reserve(steps->steps.size() + 1);
    loaded.returns.append(0);
    for (const gem::StepRecord &step : steps->steps)
        loaded.returns.append(
            loaded.returns.last()
            + (loaded.replay ? loaded.replay->append(step.action).reward : step.reward));
    loaded.steps = std::move(*steps);
    return loaded;
}

void OpenEpisode::read(const QString &path)
{
    m_path = path;
    runInPool<Loaded>(
        m_pool, this, [path, info = m_info] { return load(path, info); },
        [this, id = m_id](const Result<Loaded> &loaded) {
            if (m_id != id)
                return;
            if (!loaded) {
                fail(loaded.error());
                return;
            }
            if (loaded->replay) {
                m_replay.emplace(std::move(*loaded->replay));
            } else {
                m_read.push_back(loaded->steps);
                m_told = loaded->steps.steps;
            }
            m_returns = loaded->returns;
            m_end = loaded->steps.end;
            m_busy = false;
            Q_EMIT opened();
        });
}

void OpenEpisode::follow()
{
    if (!isOpen() || !m_info.isLive)
        return;
    if (m_following) {
        m_again = true;
        return;
    }
    m_following = true;
    locate(m_host, this, m_id, [this, id = m_id](const Result<Located> &found) {
        if (m_id != id)
            return;
        if (!found || !isOpen()) {
            m_following = false;
            return;
        }
        m_info = found->info;
        m_taken = found->taken;
        Q_EMIT infoChanged();
        if (m_info.steps > steps())
            readOn(found->path);
        else
            followed();
    });
}

void OpenEpisode::followed()
{
    m_following = false;
    if (std::exchange(m_again, false))
        follow();
}

void OpenEpisode::readOn(const QString &path)
{
    runInPool<gem::EpisodeSteps>(
        m_pool, this, [path, from = m_end] { return gem::readMore(path, from); },
        [this, id = m_id](const Result<gem::EpisodeSteps> &more) {
            if (m_id != id)
                return;
            if (!more || !isOpen()) {
                m_following = false;
                return;
            }
            append(*more);
            Q_EMIT grown();
            followed();
        });
}

void OpenEpisode::append(const gem::EpisodeSteps &more)
{
    for (const gem::StepRecord &step : more.steps)
        m_returns.append(m_returns.last()
                         + (m_replay ? m_replay->append(step.action).reward : step.reward));
    if (!m_replay) {
        m_read.push_back(more);
        m_told += more.steps;
    }
    m_end = more.end;
}

OpenEpisode::Step OpenEpisode::step(qsizetype step) const
{
    if (m_replay)
        return {m_replay->action(std::size_t(step)), m_replay->result(std::size_t(step))};
    const gem::StepRecord &told = m_told[step - 1];
    return {{told.action.data(), std::size_t(told.action.size())},
            {told.reward, told.terminated, told.truncated}};
}

StepFacts OpenEpisode::facts(qsizetype at) const
{
    const auto [action, result] = step(at);
    return {QString::fromUtf8(viewOf(action.substr(0, 4096))), result.reward, result.terminated,
            result.truncated};
}

StepView OpenEpisode::view(qsizetype step) const
{
    StepView view;
    if (!m_replay) {
        toldView(step, view);
        return view;
    }
    view.scene.game = gameOf(m_info.spec.envId);
    auto environment = m_replay->at(std::size_t(std::max<qsizetype>(step - 1, 0)));
    view.scene.start = boardObject(*m_replay->at(0));
    std::string raw;
    gem::StepJson json;
    if (step == 0) {
        json.appendReset(raw, *environment);
    } else {
        view.scene.before = boardObject(*environment);
        const gem::StepResult result = environment->step(m_replay->action(std::size_t(step)));
        json.appendStep(raw, *environment, result);
    }
    view.scene.board = boardObject(*environment);
    std::string observation;
    environment->appendObservation(observation);
    observation += "\n\n";
    environment->appendSuffix(observation);
    view.observation = QString::fromStdString(observation);
    view.raw = QByteArray::fromStdString(raw);
    view.info = QJsonDocument::fromJson(view.raw).object().value(u"info").toObject();
    return view;
}

void OpenEpisode::toldView(qsizetype step, StepView &view) const
{
    const gem::StartRecord &start = m_read.front().start;
    view.observation
        = QString::fromUtf8(step == 0 ? start.observation : m_told[step - 1].observation);
    const QByteArrayView info = step == 0 ? start.info : m_told[step - 1].info;
    view.info = QJsonDocument::fromJson(info.toByteArray()).object();
    QJsonObject answer{{u"observation"_s, view.observation}, {u"info"_s, view.info}};
    if (step > 0) {
        const gem::StepResult result = this->step(step).result;
        answer.insert(u"reward"_s, result.reward);
        answer.insert(u"terminated"_s, result.terminated);
        answer.insert(u"truncated"_s, result.truncated);
    }
    view.raw = QJsonDocument(answer).toJson(QJsonDocument::Compact);
}

bool OpenEpisode::startsAs(const OpenEpisode &other) const
{
    if (m_replay && other.m_replay)
        return boardObject(*m_replay->at(0)) == boardObject(*other.m_replay->at(0));
    // Natively and by Python the words differ.
    return m_replay || other.m_replay
        || m_read.front().start.observation == other.m_read.front().start.observation;
}

std::optional<qsizetype> OpenEpisode::firstDifference(const OpenEpisode &other) const
{
    if (!startsAs(other))
        return 0;
    const qsizetype common = std::min(steps(), other.steps());
    for (qsizetype at = 1; at <= common; ++at) {
        const Step one = step(at);
        const Step two = other.step(at);
        if (one.action != two.action || one.result.reward != two.result.reward
            || one.result.terminated != two.result.terminated
            || one.result.truncated != two.result.truncated)
            return at;
    }
    return steps() == other.steps() ? std::nullopt : std::optional(common + 1);
}

} // namespace quarry::widgets
