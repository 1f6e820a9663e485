// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vectorrun.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <cmath>

namespace quarry::gem {

namespace {

constexpr double rewardTolerance = 1e-9;
constexpr int mostLegalSteps = 300;

QByteArray unzipped(const QString &path)
{
    const std::unique_ptr<archive, decltype(&archive_read_free)> reader(archive_read_new(),
                                                                        archive_read_free);
    archive_read_support_filter_gzip(reader.get());
    archive_read_support_format_raw(reader.get());
    archive_entry *entry = nullptr;
    QByteArray out;
    if (archive_read_open_filename(reader.get(), path.toUtf8().constData(), 65536) != ARCHIVE_OK
        || archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK)
        return out;
    char piece[65536];
    for (la_ssize_t got = 0; (got = archive_read_data(reader.get(), piece, sizeof piece)) > 0;)
        out.append(piece, got);
    return out;
}

QJsonValue valueOf(const std::string &text)
{
    const QByteArray inList = QByteArray("[" + QByteArray::fromStdString(text) + "]");
    return QJsonDocument::fromJson(inList).array().at(0);
}

QString told(const QJsonValue &value)
{
    return QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
}

QString difference(const QString &what, const QJsonValue &expected, const QJsonValue &found)
{
    return expected == found
        ? QString()
        : QStringLiteral("%1: expected %2, found %3").arg(what, told(expected), told(found));
}

// One episode in play.
class Episode
{
public:
    Episode(const QJsonObject &vector, Environment &environment)
        : m_vector(vector), m_environment(environment)
    {
    }

    QString play(qint64 &steps);

private:
    QString compareState(const QJsonObject &state);
    QString compareStep(const QJsonObject &step);

    const QJsonObject &m_vector;
    Environment &m_environment;
    QJsonValue m_hidden;
};

QString Episode::compareState(const QJsonObject &state)
{
    if (state.contains(u"hidden"))
        m_hidden = state.value(u"hidden");
    const QString board
        = difference(QStringLiteral("board"), state.value(u"board"), boardOf(m_environment));
    if (!board.isEmpty())
        return board;
    return difference(QStringLiteral("hidden"), m_hidden,
                      valueOf(textOf(m_environment, &Environment::appendHidden)));
}

QString Episode::compareStep(const QJsonObject &step)
{
    const std::string action = step.value(u"action").toString().toStdString();
    const StepResult result = m_environment.step(action);
    if (std::abs(result.reward - step.value(u"reward").toDouble()) > rewardTolerance)
        return difference(QStringLiteral("reward"), step.value(u"reward"), result.reward);
    QString fault
        = difference(QStringLiteral("terminated"), step.value(u"terminated"), result.terminated);
    if (fault.isEmpty())
        fault = difference(QStringLiteral("truncated"), step.value(u"truncated"), result.truncated);
    return fault.isEmpty() ? compareState(step) : fault;
}

QString Episode::play(qint64 &steps)
{
    m_environment.reset(std::uint32_t(m_vector.value(u"seed").toInteger()));
    QString fault = difference(QStringLiteral("params"), m_vector.value(u"params"),
                               valueOf(textOf(m_environment, &Environment::appendParameters)));
    if (fault.isEmpty())
        fault = compareState(m_vector.value(u"initial").toObject());
    for (const QJsonValue &step : m_vector.value(u"steps").toArray()) {
        if (!fault.isEmpty())
            break;
        fault = compareStep(step.toObject());
        ++steps;
    }
    if (fault.isEmpty())
        return fault;
    return QStringLiteral("seed %1, %2, turn %3: %4")
        .arg(m_vector.value(u"seed").toInteger())
        .arg(m_vector.value(u"policy").toString())
        .arg(m_environment.turn())
        .arg(fault);
}

QString cloneFault(const Environment &first, const Environment &second)
{
    for (const auto append : {&Environment::appendObservation, &Environment::appendSuffix,
                              &Environment::appendHidden, &Environment::appendParameters}) {
        if (textOf(first, append) != textOf(second, append))
            return QStringLiteral("a clone differs: ")
                + QString::fromStdString(textOf(second, append));
    }
    return textOf(first, &Environment::appendBoard) == textOf(second, &Environment::appendBoard)
        ? QString()
        : QStringLiteral("a clone's board differs");
}

QString playOneLegally(Environment &environment, std::uint32_t seed,
                       const std::function<bool(const std::string &observation)> &refuses)
{
    environment.reset(seed);
    SampleRandom random(seed);
    std::unique_ptr<Environment> clone;
    for (int i = 0; i < mostLegalSteps && !environment.isOver(); ++i) {
        if (i == int(seed % 7))
            clone = environment.clone();
        std::string action;
        if (!environment.appendLegalAction(random, action))
            return QStringLiteral("no legal action");
        const std::vector<std::string> legal = environment.legalActions(100000);
        if (std::find(legal.begin(), legal.end(), action) == legal.end())
            return QStringLiteral("not among the legal actions: ") + QString::fromStdString(action);
        const StepResult result = environment.step(action);
        if (result.reward < 0 || refuses(textOf(environment, &Environment::appendObservation)))
            return QStringLiteral("refused: ") + QString::fromStdString(action);
        if (!clone)
            continue;
        const StepResult same = clone->step(action);
        if (same.reward != result.reward || same.terminated != result.terminated)
            return QStringLiteral("a clone goes another way");
        const QString fault = cloneFault(environment, *clone);
        if (!fault.isEmpty())
            return fault;
    }
    std::string none;
    if (environment.isOver()
        && (environment.appendLegalAction(random, none) || !environment.legalActions(10).empty()))
        return QStringLiteral("a legal action after the end");
    return {};
}

} // namespace

QJsonObject boardOf(const Environment &environment)
{
    return valueOf(textOf(environment, &Environment::appendBoard)).toObject();
}

VectorRun runVectors(const QString &file, Environment &environment)
{
    VectorRun run;
    const QByteArray lines = unzipped(QStringLiteral(QUARRY_SOURCE_DIR "/tests/data/gem/") + file);
    if (lines.isEmpty())
        run.fault = QStringLiteral("cannot read ") + file;
    for (qsizetype at = 0; at < lines.size() && run.fault.isEmpty();) {
        const qsizetype end = std::max(lines.indexOf('\n', at), at);
        const QJsonObject vector
            = QJsonDocument::fromJson(QByteArray::fromRawData(lines.constData() + at, end - at))
                  .object();
        run.fault = Episode(vector, environment).play(run.steps);
        ++run.episodes;
        at = end + 1;
    }
    return run;
}

QString playLegally(Environment &environment, int seeds,
                    const std::function<bool(const std::string &observation)> &refuses)
{
    for (int seed = 0; seed < seeds; ++seed) {
        const QString fault = playOneLegally(environment, std::uint32_t(seed), refuses);
        if (!fault.isEmpty())
            return QStringLiteral("seed %1, turn %2: %3")
                .arg(seed)
                .arg(environment.turn())
                .arg(fault);
    }
    return {};
}

} // namespace quarry::gem
