// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The environments that clients play, by id: made, reset, stepped, closed, and their episodes
// recorded.
//
// Lives on one thread. A step of a native environment takes microseconds and is done at once; a
// reset that searches for its board is done by a pool, and a Python environment does everything in
// its own sandbox: what comes for that environment meanwhile waits its turn, and for no other.
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
class PythonGem;
class StepJson;
struct PythonStep;
struct StartRecord;
struct StepRecord;

enum class PlayedBy { Auto, Native, Python }; // Auto: natively where it can be
enum class Recording { All, Actions, Off }; // of batched steps; a single one is always kept whole

struct GemSettings {
    QString folder; // of the episodes' files; made when absent
    bool wheelFifteen = false;
    Recording batches = Recording::All;
    std::chrono::seconds idle{3600}; // after which an environment is closed
    std::chrono::seconds hand{600}; // after which one that a person took over is given back
    int mostEnvironments = 100'000;
    PlayedBy playedBy = PlayedBy::Auto;
    std::chrono::seconds answer{60}; // that Python may take for a reset or a step
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
    // PYTHON may be null: then everything is native. It must outlive this, as DATABASE.
    EnvironmentService(store::Database &database, GemSettings settings, PythonGem *python = nullptr,
                       QObject *parent = nullptr);
    ~EnvironmentService() override;

    // Brings the index in line with the files after a kill; call once, before anything else.
    Result<void> recover();

    // Ends Python's environments and makes no further ones; answers when nothing is left of them.
    void shutdown(Callback<void> done);

    // A native one's id, at once. NotFound names the nearest; InvalidArgument a faulty parameter;
    // LimitExceeded.
    Result<QString> make(EnvironmentSpec spec);
    // What the settings say that plays it: natively as above; else PythonGem::make()'s errors, and
    // NotFound for ids that neither has. DONE may come before this returns.
    void make(EnvironmentSpec spec, Callback<QString> done);
    // The ids that the package has; none where it is not installed. Seconds when it is asked first.
    void pythonIds(Callback<QStringList> done);
    bool isPython(const QString &id) const;
    // The answers are the API's JSON objects. No seed: a fair one is drawn, and recorded; in Python
    // the package's own draws go on. NotFound;
    // WrongState for a step before the first reset or after the end; NoSpace and Io when it cannot
    // be recorded.
    void reset(const QString &id, std::optional<quint32> seed, Callback<std::string> done);
    // "random_action" samples a legal one. What Bridge::call() fails with ends a Python one's
    // episode.
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
    int environmentCount() const { return int(m_live.size()); }
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
    void resetNow(const LivePtr &live, std::optional<quint32> seed, Callback<std::string> done);
    void resetNative(const LivePtr &live, quint32 seed, Callback<std::string> done);
    Result<void> stepNow(LiveEnvironment &live, std::string_view action, bool batched,
                         std::string &out);
    void afterReset(const LivePtr &live, quint32 seed, const Callback<std::string> &done);
    Result<void> beginEpisode(LiveEnvironment &live, const StartRecord &start);
    Result<void> mayStep(const LiveEnvironment &live) const;
    Result<void> keepStep(LiveEnvironment &live, const StepRecord &record, bool batched);
    void closeFor(const QString &id, const QString &reason);
    // ---- Python's
    void makePython(EnvironmentSpec spec, Callback<QString> done);
    void resetPython(const LivePtr &live, std::optional<quint32> seed, Callback<std::string> done);
    void stepPython(const LivePtr &live, const QByteArray &action, bool batched,
                    Callback<std::string> done);
    void askPython(const LivePtr &live, const QByteArray &action, bool batched,
                   Callback<std::string> done);
    Result<std::string> tookStep(LiveEnvironment &live, const QByteArray &action, bool batched,
                                 qint64 nanoseconds, const Result<PythonStep> &given);
    void endPython(LiveEnvironment &live, const QString &reason);
    void endEpisode(LiveEnvironment &live, const QString &reason);
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
    PythonGem *m_python;
    bool m_changed = false; // something that nobody was told of
    QTimer m_flush;
    QTimer m_sweep;
};

} // namespace quarry::gem
