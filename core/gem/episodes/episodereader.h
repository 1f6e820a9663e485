// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what EpisodeWriter wrote. Bytes of a file are hostile: what cannot be read ends the
// reading.
#pragma once

#include "base/result.h"
#include "gem/episodes/episode.h"
#include "gem/episodes/record.h"

#include <QList>

namespace quarry::gem {

// One episode's steps, and the bytes that their actions lie in.
struct EpisodeSteps {
    QByteArray bytes;
    QList<StepRecord> steps;
    bool isTorn = false; // bytes follow that cannot be read
    qint64 end = 0; // where in the file the last of them ends
    StartRecord start; // not of readMore()
    QString reason; // of the episode's end before the game's
};

// From INFO.offset of the file at PATH to the episode's end there. Io; InvalidArgument when no
// episode starts there.
Result<EpisodeSteps> readSteps(const QString &path, const EpisodeInfo &info);

// What has been added to an episode that goes on since FROM, the end of what was read of it. A
// record that is half written is left for the next time.
Result<EpisodeSteps> readMore(const QString &path, qint64 from);

// All episodes of the file at PATH, none of them live; ENVIRONMENT is what their ids begin with.
// InvalidArgument when its head cannot be read; a torn end is left out.
Result<QList<EpisodeInfo>> scanEpisodes(const QString &path, const QString &environment);

// "<ENVIRONMENT>-<NUMBER>"
QString episodeId(const QString &environment, qint64 number);

} // namespace quarry::gem
