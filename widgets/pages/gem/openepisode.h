// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The episode that is looked at: its steps, and every board of it.
#pragma once

#include "engine/enginehost.h"
#include "gem/episodes/replay.h"
#include "widgets/boards/boardscene.h"

#include <QThreadPool>

#include <optional>
#include <vector>

namespace quarry::widgets {

// How it stood after one step.
struct StepView {
    BoardScene scene; // without a game where there is no board
    QString observation; // with what follows it
    QByteArray raw; // the API's answer
    QJsonObject info;
};

struct StepFacts {
    QString action;
    double reward = 0;
    bool terminated = false;
    bool truncated = false;
};

// Reads in a pool, and plays a native one again there; afterwards every step is at hand. A Python
// one has no boards: what it gave stands in its record.
class OpenEpisode : public QObject
{
    Q_OBJECT
public:
    explicit OpenEpisode(engine::EngineHost &host, QObject *parent = nullptr);
    ~OpenEpisode() override;

    // Answers with opened() or failed(), unless another is opened meanwhile.
    void open(const QString &episodeId);
    void close();
    bool isOpen() const { return !m_returns.isEmpty(); }
    bool isNative() const { return m_replay.has_value(); }
    bool isBusy() const { return m_busy; }
    const gem::EpisodeInfo &info() const { return m_info; }
    const QString &path() const { return m_path; }
    // A person plays it by hand.
    bool isTaken() const { return m_taken; }
    // Reads what has been added; grown() follows where there is something.
    void follow();

    qsizetype steps() const { return std::max<qsizetype>(0, m_returns.size() - 1); }
    StepFacts facts(qsizetype step) const; // 1 to steps()
    // After each step, from 0 on.
    const QList<double> &returns() const { return m_returns; }
    // 0 to steps(); a fraction of a millisecond to a few.
    StepView view(qsizetype step) const;
    // The first step, from 1, whose action, reward or end is another one's; 0 when their starts
    // differ; nothing when one has all of the other.
    std::optional<qsizetype> firstDifference(const OpenEpisode &other) const;

Q_SIGNALS:
    void opened();
    void grown();
    void infoChanged();
    void failed(const QString &message);

private:
    struct Loaded {
        std::shared_ptr<gem::Replay> replay; // of a native one
        gem::EpisodeSteps steps;
        QList<double> returns;
    };
    struct Step {
        std::string_view action;
        gem::StepResult result;
    };
    Step step(qsizetype step) const; // 1 to steps()
    void append(const gem::EpisodeSteps &more);
    void toldView(qsizetype step, StepView &view) const;
    bool startsAs(const OpenEpisode &other) const;
    void read(const QString &path);
    void followed();
    void readOn(const QString &path);
    void fail(const Error &error);
    static Result<Loaded> load(const QString &path, const gem::EpisodeInfo &info);

    engine::EngineHost &m_host;
    QThreadPool m_pool;
    QString m_id;
    QString m_path;
    gem::EpisodeInfo m_info;
    std::optional<gem::Replay> m_replay;
    // Of a Python one: what was read, each holding what its records point into.
    std::vector<gem::EpisodeSteps> m_read;
    QList<gem::StepRecord> m_told;
    QList<double> m_returns;
    qint64 m_end = 0;
    bool m_busy = false;
    bool m_taken = false;
    bool m_following = false;
    bool m_again = false; // something changed while it was followed
};

} // namespace quarry::widgets
