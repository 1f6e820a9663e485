// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the page asks of the engine: environments made, played and ended, episodes checked and
// carried.
#pragma once

#include "engine/enginehost.h"

#include <QThreadPool>

#include <optional>

namespace quarry::widgets {

class ActivityModel;
class Notices;

// What fails is told in a notice.
class GemWork : public QObject
{
    Q_OBJECT
public:
    struct Parts {
        engine::EngineHost &host;
        ActivityModel &activity;
        Notices &notices;
    };
    explicit GemWork(const Parts &parts, QObject *parent = nullptr);
    ~GemWork() override;

    // A new environment that the person plays; made() says its episode. No seed: a fair one.
    void begin(const gem::EnvironmentSpec &spec, std::optional<quint32> seed);
    // The same, standing after step STEP of EPISODE.
    void fork(const QString &episode, qint64 step);
    void takeOver(const QString &environment);
    void giveBack(const QString &environment);
    void close(const QString &environment);
    void play(const QString &environment, const QByteArray &action);

    // Runs the episode again and compares every step.
    void verify(const gem::EpisodeInfo &info, const QString &path);
    // As JSON Lines, to and from files.
    void exportTo(const QString &file, const gem::EpisodeInfo &info, const QString &path);
    void importFrom(const QString &file);

Q_SIGNALS:
    void made(const QString &episode);
    void imported(const quarry::gem::EpisodeInfo &first);
    // The first step that differs; 0: none.
    void verified(qint64 firstDifference);

private:
    void tell(const Error &error);
    void tellDone(const QString &text);
    template <typename Call>
    void run(Call call);

    Parts m_parts;
    QThreadPool m_pool;
};

} // namespace quarry::widgets
