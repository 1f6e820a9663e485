// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the API shows of environments and episodes.
#pragma once

#include "gem/live/environmentservice.h"

#include <QJsonObject>

namespace quarry::api::gem {

QJsonObject environmentObject(const quarry::gem::EnvironmentInfo &info);
QJsonObject episodeObject(const quarry::gem::EpisodeInfo &info);

} // namespace quarry::api::gem
