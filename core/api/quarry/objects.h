// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What Quarry's own API shows.
#pragma once

#include "engine/imageservice.h"
#include "sandbox/sandboxinfo.h"

#include <QJsonObject>

namespace quarry::api::own {

QJsonObject sandboxObject(const sandbox::SandboxInfo &info);
QJsonObject statisticsObject(const sandbox::SandboxStatistics &statistics);
QJsonObject commitObject(const sandbox::CommitInfo &commit);
QJsonObject imageObject(const engine::ImageInfo &image);

} // namespace quarry::api::own
