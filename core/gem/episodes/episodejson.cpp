// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/episodes/episodejson.h"

#include "gem/environment/jsontext.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace quarry::gem {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1String formatName("quarry-episode");
constexpr int formatVersion = 1;
constexpr qsizetype lineMax = 32 << 20;

Error wrongLine(qsizetype line, const QString &what)
{
    return {ErrorCode::InvalidArgument, u"line %1: %2"_s.arg(line).arg(what), {}};
}

QByteArray textOf(const QJsonValue &info)
{
    return QJsonDocument(info.toObject()).toJson(QJsonDocument::Compact);
}

Result<ImportedEpisode> wholeStart(ImportedEpisode episode, const QJsonObject &initial,
                                   qsizetype line)
{
    if (episode.spec.envId.isEmpty() || !initial.value("observation"_L1).isString())
        return wrongLine(line, u"env_id and initial.observation must be texts"_s);
    episode.texts
        = {initial.value("observation"_L1).toString().toUtf8(), textOf(initial.value("info"_L1))};
    episode.start.whole = true;
    episode.start.observation = episode.texts[0];
    episode.start.info = episode.texts[1];
    return episode;
}

// What is of whole steps only.
Result<void> addWhole(ImportedEpisode &episode, StepRecord &step, const QJsonObject &object,
                      qsizetype line)
{
    if (step.bare || !object.value("observation"_L1).isString())
        return wrongLine(line, u"observation must be a text and reward a number"_s);
    const double took = object.value("took_ms"_L1).toDouble() * 1000;
    step.whole = true;
    step.microseconds = quint32(std::clamp<double>(took, 0, UINT32_MAX));
    episode.texts.append(object.value("observation"_L1).toString().toUtf8());
    step.observation = episode.texts.last();
    episode.texts.append(textOf(object.value("info"_L1)));
    step.info = episode.texts.last();
    if (!fitsRecord(step.action.size(), step.observation.size(), step.info.size()))
        return wrongLine(line, u"has more text than can be kept of a step"_s);
    return {};
}

Result<ImportedEpisode> headFrom(const QJsonObject &object, qsizetype line)
{
    if (object.value("version"_L1).toInt() != formatVersion)
        return wrongLine(line, u"version must be %1"_s.arg(formatVersion));
    ImportedEpisode episode;
    episode.spec.python = object.value("engine"_L1) == "python"_L1;
    episode.start.seeded = !episode.spec.python || !object.value("seed"_L1).isNull();
    const double seed = episode.start.seeded ? object.value("seed"_L1).toDouble(-1) : 0;
    if (!(seed >= 0 && seed <= UINT32_MAX) || seed != std::floor(seed))
        return wrongLine(line, u"seed must be a whole number from 0 to 4294967295"_s);
    episode.spec.envId = object.value("env_id"_L1).toString();
    episode.spec.parameters = object.value("parameters"_L1).toObject();
    episode.spec.wheelFifteen = object.value("fifteen_reset"_L1) == "wheel"_L1;
    episode.start.seed = quint32(seed);
    episode.start.time = object.value("started"_L1).toInteger();
    episode.reason = object.value("reason"_L1).toString();
    if (episode.spec.python)
        return wholeStart(std::move(episode), object.value("initial"_L1).toObject(), line);
    if (const auto made = makeFrom(episode.spec); !made)
        return wrongLine(line, made.error().message);
    return episode;
}

Result<StepRecord> stepFrom(const QJsonObject &object, qsizetype wanted, qsizetype line)
{
    if (object.value("step"_L1).toInteger(-1) != wanted)
        return wrongLine(line, u"step %1 is missing"_s.arg(wanted));
    if (!object.value("action"_L1).isString())
        return wrongLine(line, u"action must be a text"_s);
    StepRecord step;
    step.milliseconds
        = quint32(std::clamp<qint64>(object.value("time_ms"_L1).toInteger(), 0, UINT32_MAX));
    step.bare = !object.value("reward"_L1).isDouble();
    step.reward = object.value("reward"_L1).toDouble();
    step.terminated = object.value("terminated"_L1).toBool();
    step.truncated = object.value("truncated"_L1).toBool();
    return step;
}

void appendText(std::string &out, const QString &text)
{
    appendQuoted(out, text.toStdString());
}

// A hostile file's texts need not be UTF-8, nor its info JSON.
void appendWhole(std::string &out, QByteArrayView observation)
{
    out += "\"observation\":";
    appendText(out, QString::fromUtf8(observation));
}

void appendWholeInfo(std::string &out, QByteArrayView info)
{
    out += ",\"info\":";
    const QJsonObject object = QJsonDocument::fromJson(info.toByteArray()).object();
    out += QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace

EpisodeExport::EpisodeExport(const EpisodeInfo &info, EpisodeSteps steps,
                             std::unique_ptr<Environment> game)
    : m_info(info), m_steps(std::move(steps)), m_game(std::move(game))
{
}

Result<EpisodeExport> EpisodeExport::open(const EpisodeInfo &info, EpisodeSteps steps)
{
    if (info.spec.python)
        return EpisodeExport(info, std::move(steps), nullptr);
    auto game = makeFrom(info.spec);
    if (!game)
        return game.error();
    (*game)->reset(info.seed);
    return EpisodeExport(info, std::move(steps), std::move(*game));
}

void EpisodeExport::skipTo(qint64 step)
{
    while (m_next < step - 1 && !atEnd()) {
        if (m_next >= 0 && m_game) {
            const QByteArrayView action = m_steps.steps[m_next].action;
            m_game->step(std::string_view(action.data(), std::size_t(action.size())));
        }
        ++m_next;
    }
}

void EpisodeExport::next(std::string &out, std::size_t bytes)
{
    const std::size_t until = out.size() + bytes;
    while (!atEnd() && out.size() < until) {
        if (m_next < 0)
            appendHead(out);
        else
            appendStep(out);
        ++m_next;
        out += '\n';
    }
}

void EpisodeExport::appendHead(std::string &out)
{
    out += "{\"format\":\"quarry-episode\",\"version\":1,\"id\":";
    appendText(out, m_info.id);
    out += ",\"env_id\":";
    appendText(out, m_info.spec.envId);
    out += m_game ? ",\"engine\":\"native\"" : ",\"engine\":\"python\"";
    out += ",\"parameters\":";
    out += QJsonDocument(m_info.spec.parameters).toJson(QJsonDocument::Compact).toStdString();
    if (m_game) {
        out += ",\"params\":";
        m_game->appendParameters(out);
    }
    if (m_info.spec.wheelFifteen)
        out += ",\"fifteen_reset\":\"wheel\"";
    out += ",\"seed\":";
    if (m_info.isSeeded)
        appendNumber(out, m_info.seed);
    else
        out += "null";
    out += ",\"started\":";
    appendNumber(out, m_info.started);
    if (!m_steps.reason.isEmpty()) {
        out += ",\"reason\":";
        appendText(out, m_steps.reason);
    }
    out += ",\"initial\":";
    if (m_game) {
        m_json.appendReset(out, *m_game);
    } else {
        out += '{';
        appendWhole(out, m_steps.start.observation);
        appendWholeInfo(out, m_steps.start.info);
        out += '}';
    }
    out += '}';
}

void EpisodeExport::appendStep(std::string &out)
{
    const StepRecord &step = m_steps.steps[m_next];
    out += "{\"step\":";
    appendNumber(out, m_next + 1);
    out += ",\"time_ms\":";
    appendNumber(out, step.milliseconds);
    out += ",\"action\":";
    if (!m_game) {
        appendRecorded(out, step);
        return;
    }
    const std::string_view action(step.action.data(), std::size_t(step.action.size()));
    appendQuoted(out, action);
    const StepResult again = m_game->step(action);
    // What was recorded counts, where it was.
    const StepResult result
        = step.bare ? again : StepResult{step.reward, step.terminated, step.truncated};
    const std::size_t at = out.size();
    m_json.appendStep(out, *m_game, result);
    out[at] = ','; // its object goes on in ours
}

void EpisodeExport::appendRecorded(std::string &out, const StepRecord &step)
{
    appendText(out, QString::fromUtf8(step.action));
    out += ',';
    appendWhole(out, step.observation);
    out += ",\"reward\":";
    appendReal(out, step.reward);
    out += step.terminated ? ",\"terminated\":true" : ",\"terminated\":false";
    out += step.truncated ? ",\"truncated\":true" : ",\"truncated\":false";
    appendWholeInfo(out, step.info);
    out += ",\"took_ms\":";
    appendReal(out, step.microseconds / 1000.0);
    out += '}';
}

Result<QList<ImportedEpisode>> importEpisodes(const QByteArray &lines)
{
    QList<ImportedEpisode> episodes;
    qsizetype number = 0;
    for (qsizetype at = 0; at < lines.size();) {
        const qsizetype end = lines.indexOf('\n', at) < 0 ? lines.size() : lines.indexOf('\n', at);
        const QByteArray line = QByteArray::fromRawData(lines.constData() + at, end - at).trimmed();
        at = end + 1;
        ++number;
        if (line.isEmpty())
            continue;
        if (line.size() > lineMax)
            return wrongLine(number, u"is longer than %1 bytes"_s.arg(lineMax));
        QJsonParseError fault;
        const QJsonObject object = QJsonDocument::fromJson(line, &fault).object();
        if (object.isEmpty())
            return wrongLine(number, u"is not a JSON object: %1"_s.arg(fault.errorString()));
        if (object.value("format"_L1) == formatName) {
            auto head = headFrom(object, number);
            if (!head)
                return head.error();
            episodes.append(std::move(*head));
            continue;
        }
        if (episodes.isEmpty())
            return wrongLine(number,
                             u"must describe the episode: \"format\": \"quarry-episode\""_s);
        ImportedEpisode &episode = episodes.last();
        auto step = stepFrom(object, episode.steps.size() + 1, number);
        if (!step)
            return step.error();
        episode.texts.append(object.value("action"_L1).toString().toUtf8());
        step->action = episode.texts.last();
        if (episode.spec.python) {
            if (const Result<void> added = addWhole(episode, *step, object, number); !added)
                return added.error();
        }
        episode.steps.append(*step);
    }
    if (episodes.isEmpty())
        return wrongLine(1, u"no episode is in it"_s);
    return episodes;
}

} // namespace quarry::gem
