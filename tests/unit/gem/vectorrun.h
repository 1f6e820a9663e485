// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// GEM's recorded episodes (tests/data/gem), played again by a native environment.
#pragma once

#include "gem/environment/environment.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <memory>
#include <span>
#include <string>

namespace quarry::gem {

// What one of an environment's append functions gives.
template <typename Append>
std::string textOf(const Environment &environment, Append append)
{
    std::string out;
    (environment.*append)(out);
    return out;
}
// The same for a JSON object; null otherwise.
QJsonObject boardOf(const Environment &environment);

struct VectorRun {
    int episodes = 0;
    qint64 steps = 0;
    QString fault; // the first difference, or why the file cannot be read
};
// Plays every episode of FILE, a path below tests/data/gem: parameters, board, hidden state, reward
// and ends must be as recorded at every step. One environment plays all of them in turn.
VectorRun runVectors(const QString &file, Environment &environment);

// Plays random legal actions on the seeds from 0 to SEEDS - 1: none may be refused or unreadable
// (REFUSES says so from the observation), each must be among the legal actions listed, and a clone
// made on the way goes on alike. Returns the first fault.
QString playLegally(Environment &environment, int seeds,
                    const std::function<bool(const std::string &observation)> &refuses);

} // namespace quarry::gem
