// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of an episode without reading its steps.
#pragma once

#include <QJsonObject>
#include <QString>

#include <optional>

namespace quarry::gem {

// How an environment was made: enough to make it again.
struct EnvironmentSpec {
    QString envId;          // "game:Sokoban-v0-easy"
    QJsonObject parameters; // set in place of the registered ones; native: whole numbers by name
    bool wheelFifteen = false; // FifteenPuzzle scrambled as the wheel on PyPI does
    bool python = false; // played by the package gem, not natively
};

struct EpisodeInfo {
    QString id; // "<environment>-<number>", the number counts an environment's resets from 1
    QString environmentId; // the sandbox_id that it was played under
    EnvironmentSpec spec;
    quint32 seed = 0;
    bool isSeeded = true; // always of a native one
    qint64 started = 0; // ms since 1970
    qint64 steps = 0;
    double reward = 0; // the sum; of bare steps nothing is known before they are derived
    bool terminated = false;
    bool truncated = false;
    bool isLive = false; // its environment may still step it
    // Where in the environment's file.
    qint64 offset = 0;
    qint64 length = 0;
    QString reason; // of a Python one's end before the game's; empty: none
};

} // namespace quarry::gem
