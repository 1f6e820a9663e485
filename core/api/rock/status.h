// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Sandboxes as ROCK's clients read them.
#pragma once

#include "sandbox/sandboxinfo.h"

#include <QJsonObject>

namespace quarry::api::rock {

QJsonObject startObject(const sandbox::SandboxInfo &info);
QJsonObject statusObject(const sandbox::SandboxInfo &info);
QJsonObject statisticsObject(const sandbox::SandboxStatistics &statistics);
QJsonObject commitObject(const sandbox::CommitInfo &commit);

// "phase: message" of the phase that failed or timed out; empty when none did.
QString failedPhase(const sandbox::SandboxInfo &info);

} // namespace quarry::api::rock
