// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How an episode stands, for an eye and a reader.
#pragma once

#include "gem/episodes/episode.h"
#include "widgets/theme/look.h"

namespace quarry::widgets {

struct EpisodeState {
    State mark;
    QString word;
};

// LAST is the last step's reward where it is known: without it, a return of 1 counts as a win also
// in the rare case that a game which pays as it goes was lost after it had paid as much.
EpisodeState episodeState(const gem::EpisodeInfo &info, std::optional<double> last = {});

// "+0.50"
// Whether it can be stepped.
bool goesOn(const gem::EpisodeInfo &info);
// "seed 7", or that there is none.
QString seedText(const gem::EpisodeInfo &info);
QString signedReward(double reward);

} // namespace quarry::widgets
