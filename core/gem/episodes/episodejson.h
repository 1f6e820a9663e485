// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Episodes as JSON Lines: a first line that describes the episode, then one line for each step.
//   {"format":"quarry-episode","version":1,"id","env_id","engine","parameters","params","seed","started",
//    "initial":{"observation","info":{"suffix","board"}}}
//   {"step":1,"time_ms":12,"action","observation","reward","terminated","truncated","info"}
// A Python one's: "seed" may be null, "params" is missing, "initial" is what the package gave,
// "reason" may say why the episode ended; its steps have "took_ms".
#pragma once

#include "base/result.h"
#include "gem/episodes/episodereader.h"
#include "gem/episodes/replay.h"
#include "gem/episodes/stepjson.h"

#include <QByteArray>

namespace quarry::gem {

// Writes an episode out, a native one's texts derived again, a piece at a time. Not thread safe.
class EpisodeExport
{
public:
    static Result<EpisodeExport> open(const EpisodeInfo &info, EpisodeSteps steps);

    qint64 steps() const { return m_steps.steps.size(); }
    // Bytes follow that cannot be read.
    bool isDamaged() const { return m_steps.isTorn; }
    // The next line is of step STEP; 0 is the head. At most once, before the first line.
    void skipTo(qint64 step);
    // Appends whole lines of about BYTES, at least one.
    void next(std::string &out, std::size_t bytes);
    bool atEnd() const { return m_next >= m_steps.steps.size(); }

private:
    EpisodeExport(const EpisodeInfo &info, EpisodeSteps steps, std::unique_ptr<Environment> game);
    void appendHead(std::string &out);
    void appendStep(std::string &out);
    static void appendRecorded(std::string &out, const StepRecord &step);

    EpisodeInfo m_info;
    EpisodeSteps m_steps;
    std::unique_ptr<Environment> m_game; // null of a Python one
    StepJson m_json;
    qsizetype m_next = -1; // -1: the head
};

// An episode that came from elsewhere: what is recorded of it, the texts of it in TEXTS.
struct ImportedEpisode {
    EnvironmentSpec spec;
    StartRecord start;
    QList<StepRecord> steps;
    QString reason;
    QList<QByteArray> texts; // of a step first its action
};
// All of JSON Lines; further heads start further episodes. InvalidArgument names the line. Whether
// a step gives what it claims is for verify() to say.
Result<QList<ImportedEpisode>> importEpisodes(const QByteArray &lines);

} // namespace quarry::gem
