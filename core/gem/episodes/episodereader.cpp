// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/episodes/episodereader.h"

#include "gem/episodes/episodewriter.h"

#include <QFile>

#include <cerrno>

namespace quarry::gem {

using namespace Qt::StringLiterals;

namespace {

Error unreadable(const QString &path, const QString &what)
{
    return {ErrorCode::InvalidArgument, u"%1: %2"_s.arg(path, what), {{u"path"_s, path}}};
}

// Up to the next episode. The end is from where READER began.
void takeSteps(RecordReader &reader, EpisodeSteps &out)
{
    out.end = reader.position();
    while (const std::optional<Record> record = reader.next()) {
        if (const std::optional<StepRecord> step = stepOf(*record)) {
            out.steps.append(*step);
        } else if (const std::optional<QString> reason = reasonOf(*record)) {
            out.reason = *reason;
        } else {
            out.isTorn = !startOf(*record);
            return;
        }
        out.end = reader.position();
    }
    out.isTorn = reader.isTorn();
}

} // namespace

QString episodeId(const QString &environment, qint64 number)
{
    return environment + u'-' + QString::number(number);
}

Result<EpisodeSteps> readSteps(const QString &path, const EpisodeInfo &info)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || !file.seek(info.offset))
        return Error{ErrorCode::Io, u"%1: %2"_s.arg(path, file.errorString()), {}};
    EpisodeSteps out;
    out.bytes = info.isLive ? file.readAll() : file.read(info.length);
    RecordReader reader(out.bytes);
    const std::optional<Record> first = reader.next();
    const std::optional<StartRecord> start = first ? startOf(*first) : std::nullopt;
    if (!start)
        return unreadable(path, u"no episode starts at %1"_s.arg(info.offset));
    out.start = *start;
    takeSteps(reader, out);
    out.end += info.offset;
    return out;
}

Result<EpisodeSteps> readMore(const QString &path, qint64 from)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || !file.seek(from))
        return Error{ErrorCode::Io, u"%1: %2"_s.arg(path, file.errorString()), {}};
    EpisodeSteps out;
    out.bytes = file.readAll();
    RecordReader reader(out.bytes);
    takeSteps(reader, out);
    out.end += from;
    return out;
}

Result<QList<EpisodeInfo>> scanEpisodes(const QString &path, const QString &environment)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io, u"%1: %2"_s.arg(path, file.errorString()), {}};
    uchar *const mapped = file.size() > 0 ? file.map(0, file.size()) : nullptr;
    if (!mapped)
        return unreadable(path, u"is empty or cannot be mapped"_s);
    RecordReader reader(QByteArrayView(mapped, file.size()));
    const std::optional<Record> head = reader.next();
    std::optional<EnvironmentSpec> spec;
    if (head && head->kind == RecordKind::Head)
        spec = specOf(head->payload);
    if (!spec)
        return unreadable(path, u"is not a record of episodes that this version reads"_s);
    QList<EpisodeInfo> found;
    qsizetype at = reader.position();
    while (const std::optional<Record> record = reader.next()) {
        if (const std::optional<StartRecord> start = startOf(*record)) {
            EpisodeInfo info;
            info.id = episodeId(environment, found.size() + 1);
            info.environmentId = environment;
            info.spec = *spec;
            info.seed = start->seed;
            info.isSeeded = start->seeded;
            info.started = start->time;
            info.offset = at;
            found.append(info);
        } else if (const std::optional<StepRecord> step = stepOf(*record);
                   step && !found.isEmpty()) {
            EpisodeInfo &info = found.last();
            ++info.steps;
            info.reward += step->reward;
            info.terminated = info.terminated || step->terminated;
            info.truncated = info.truncated || step->truncated;
        } else if (const std::optional<QString> reason = reasonOf(*record);
                   reason && !found.isEmpty()) {
            found.last().reason = *reason;
        } else {
            break;
        }
        at = reader.position();
        found.last().length = at - found.last().offset;
    }
    return found;
}

} // namespace quarry::gem
