// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The environments that clients play, by id: made, reset, stepped, closed, and their episodes
// recorded.
//
// Lives on one thread. A step of a native environment takes microseconds and is done at once; a
// reset that searches for its board is done by a pool, and what comes for that environment
// meanwhile waits its turn.
#pragma once

#include "base/result.h"
#include "gem/episodes/episodeindex.h"
#include "gem/episodes/replay.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>
#include <unordered_map>

namespace quarry::gem {

struct LiveEnvironment;
class StepJson;

enum class Recording { All, Actions, Off }; // of batched steps; a single one is always kept whole

struct GemSettings {
    QString folder; // of the episodes' files; made when absent
    bool wheelFifteen = false;
    Recording batches = Recording::All;
    std::chrono::seconds idle{3600}; // after which an environment is closed
    std::chrono::seconds hand{600}; // after which one that a person took over is given back
    int mostEnvironments = 100'000;
};

struct EnvironmentInfo {
    QString id; // the API's sandbox_id
    EnvironmentSpec spec;
    qint64 made = 0; // ms since 1970
    qint64 lastCall = 0;
    qint64 episodes = 0; // resets
    bool isTaken = false; // a person plays it
    EpisodeInfo episode; // the last one; without an id before the first reset
};

struct BatchItem {
    std::string_view id;
    std::string_view action;            // of a step
    std::optional<quint32> seed;        // of a reset
    std::string_view fault;             // not empty: what keeps this item from being done
};

class EnvironmentService : public QObject
{
    Q_OBJECT
public:
    EnvironmentService(store::Database &database, GemSettings settings, QObject *parent = nullptr);
    ~EnvironmentService() override;

    // Brings the index in line with the files after a kill; call once, before anything else.
    Result<void> recover();

    // The id. NotFound names the nearest; InvalidArgument a faulty parameter; LimitExceeded.
    Result<QString> make(EnvironmentSpec spec);
    // The answers are the API's JSON objects. No seed: a fair one is drawn, and recorded. NotFound;
    // WrongState for a step before the first reset or after the end; NoSpace and Io when it cannot
    // be recorded.
    void reset(const QString &id, std::optional<quint32> seed, Callback<std::string> done);
    // "random_action" samples a legal one.
    void step(const QString &id, const QByteArray &action, Callback<std::string> done);
    Result<void> close(const QString &id);

    // A person plays: what clients ask of the environment waits until giveBack(), close() or ten
    // minutes without a step by hand. Taking over twice is no fault; giving back what is not taken
    // neither.
    Result<void> takeOver(const QString &id);
    Result<void> giveBack(const QString &id);
    // As step() and reset(), in the person's name; WrongState when it is not taken over, or
    // searches for its board.
    void stepByHand(const QString &id, const QByteArray &action, Callback<std::string> done);
    void resetByHand(const QString &id, std::optional<quint32> seed, Callback<std::string> done);

    // {"items":[answer or {"detail":…}]} in order. DONE may come before this returns. What ITEMS
    // point to must live until then.
    void stepBatch(std::vector<BatchItem> items, std::function<void(std::string)> done);
    void resetBatch(std::vector<BatchItem> items, std::function<void(std::string)> done);

    QList<EnvironmentInfo> environments() const;
    Result<EnvironmentInfo> environment(const QString &id) const;

    // ---- episodes
    Result<EpisodePage> episodes(const EpisodeFilter &filter);
    Result<EpisodeInfo> episode(const QString &id);
    // Where the steps of EPISODE lie, for readSteps() on any thread.
    QString pathOf(const EpisodeInfo &episode) const;
    // A new environment that stands after step STEP of the episode, which is recorded again up to
    // there.
    void fork(const QString &episodeId, qint64 step, Callback<QString> done);
    // JSON Lines as an export has them; all of them or none.
    void importEpisodes(QByteArray lines, Callback<QList<EpisodeInfo>> done);

Q_SIGNALS:
    void environmentsChanged(); // batched
    void episodesChanged(); // batched

private:
    using LivePtr = std::shared_ptr<LiveEnvironment>;
    using Batch = std::vector<BatchItem>;

    Result<LivePtr> find(std::string_view id) const;
    void resetNow(const LivePtr &live, quint32 seed, Callback<std::string> done);
    Result<void> stepNow(LiveEnvironment &live, std::string_view action, bool batched,
                         std::string &out);
    void afterReset(const LivePtr &live, quint32 seed, const Callback<std::string> &done);
    Result<void> beginEpisode(LiveEnvironment &live, quint32 seed);
    Result<QString> continueFrom(const EpisodeInfo &from, std::unique_ptr<Environment> game,
                                 const QByteArray &records, const EpisodeInfo &sums);
    void whenFree(const LivePtr &live, std::function<void()> work);
    void changed(LiveEnvironment &live);
    void flush();
    void sweepIdle();
    void giveBackForgotten();
    void goOn(const LivePtr &live);
    Result<LivePtr> taken(const QString &id) const;
    LivePtr add(EnvironmentSpec spec, std::unique_ptr<Environment> made);

    GemSettings m_settings;
    EpisodeIndex m_index;
    std::unordered_map<std::string, LivePtr> m_live;
    QList<LivePtr> m_unflushed;
    QList<EpisodeInfo> m_ended; // not in the index yet
    std::unique_ptr<StepJson> m_json;
    SampleRandom m_sample;
    QThreadPool m_pool;
    bool m_changed = false; // something that nobody was told of
    QTimer m_flush;
    QTimer m_sweep;
};

} // namespace quarry::gem
