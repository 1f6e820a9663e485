// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is remembered of a sandbox on disk: what it was asked to be, and what became of it.
#pragma once

#include "base/result.h"
#include "sandbox/sandboxinfo.h"

#include <QByteArray>

namespace quarry::sandbox {

struct SandboxRecord {
    SandboxRequest request;
    SandboxInfo info; // its history is kept row by row, not in here
};

// JSON, with defaults left out.
QByteArray toJson(const SandboxRecord &record);
Result<SandboxRecord> recordFromJson(const QByteArray &json);

} // namespace quarry::sandbox
