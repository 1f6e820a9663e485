// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gem/episodestate.h"

#include "gem/games/registry.h"

#include <QCoreApplication>

#include <cmath>

namespace quarry::widgets {

namespace {

class EpisodeStates
{
    Q_DECLARE_TR_FUNCTIONS(quarry::widgets::EpisodeStates)
};

constexpr double wonReturn = 1 - 1e-9; // sums of thirds and the like

// An unreadable action ends an episode, too; that and a lost game add nothing to the return, a win
// does. Only what is won before the limit reaches 1.
bool isWon(const gem::EpisodeInfo &info, std::optional<double> last)
{
    return info.reward >= wonReturn && (!last || *last > 0);
}

} // namespace

EpisodeState episodeState(const gem::EpisodeInfo &info, std::optional<double> last)
{
    if (!info.reason.isEmpty())
        return {State::Failed, EpisodeStates::tr("failed")};
    if (!info.terminated && !info.truncated)
        return info.isLive ? EpisodeState{State::Running, EpisodeStates::tr("running")}
                           : EpisodeState{State::Stopped, EpisodeStates::tr("stopped")};
    // What a reward means elsewhere is not known.
    if (!gem::environmentKind(info.spec.envId.toStdString()))
        return {State::Stopped, EpisodeStates::tr("ended")};
    if (info.truncated)
        return {State::Failed, EpisodeStates::tr("step limit")};
    return isWon(info, last) ? EpisodeState{State::Success, EpisodeStates::tr("solved")}
                             : EpisodeState{State::Failed, EpisodeStates::tr("lost")};
}

bool goesOn(const gem::EpisodeInfo &info)
{
    return info.isLive && !info.terminated && !info.truncated && info.reason.isEmpty();
}

QString seedText(const gem::EpisodeInfo &info)
{
    return info.isSeeded ? EpisodeStates::tr("seed %1").arg(info.seed)
                         : EpisodeStates::tr("no seed");
}

QString signedReward(double reward)
{
    const QString number = QString::number(std::abs(reward), 'f', 2);
    return reward > 0 ? u'+' + number : reward < 0 ? u'−' + number : number;
}

} // namespace quarry::widgets
