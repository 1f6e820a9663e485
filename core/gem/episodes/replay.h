// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A native episode played again from its seed and actions: any step of it, without waiting.
#pragma once

#include "base/result.h"
#include "gem/environment/environment.h"
#include "gem/episodes/episode.h"
#include "gem/episodes/episodereader.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace quarry::gem {

// Whether ID is of a kind that only the Python package plays.
bool isOfThePackage(const QString &id);

// The native environment that SPEC describes. NotFound names the nearest ids; InvalidArgument a
// faulty parameter; Unsupported for what only Python
// plays.
Result<std::unique_ptr<Environment>> makeFrom(const EnvironmentSpec &spec);

// NotFound, with the ids nearest to ENVID among the native ones and MORE.
Error unknownEnvironment(const QString &envId, const QStringList &more = {});

// Not thread safe; may be made on any thread and handed over.
class Replay
{
public:
    // Step 0 is the reset.
    static Result<Replay> open(const EnvironmentSpec &spec, quint32 seed);

    // One step more at the end, what it gave.
    StepResult append(QByteArrayView action);
    std::size_t steps() const { return m_results.size(); }
    // Of step STEP, 1 to steps().
    const StepResult &result(std::size_t step) const { return m_results[step - 1]; }
    std::string_view action(std::size_t step) const;
    // As it stood after step STEP, 0 to steps(). Steps forward by at most a few hundred steps.
    std::unique_ptr<Environment> at(std::size_t step) const;

private:
    Replay(std::unique_ptr<Environment> start);

    std::unique_ptr<Environment> m_last;
    std::vector<std::unique_ptr<Environment>> m_kept; // after every keepEvery-th step, from 0 on
    std::vector<StepResult> m_results;
    std::string m_actions; // one behind the other
    std::vector<std::size_t> m_ends;
};

// What running an episode again gave.
struct Verification {
    qint64 steps = 0;      // that were compared
    bool equal = true;
    qint64 firstDifference = 0; // the step, from 1, when not equal
    QString text;          // what differs there
};
Result<Verification> verify(const EpisodeInfo &info, const EpisodeSteps &recorded);

} // namespace quarry::gem
