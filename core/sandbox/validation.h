// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a request for a sandbox may say.
#pragma once

#include "base/result.h"
#include "sandbox/sandboxinfo.h"

namespace quarry::sandbox {

// 1–64 of A-Za-z0-9._-, not starting with a dot.
bool isSandboxId(const QString &id);

// InvalidArgument names the field and the value at fault.
Result<void> checkRequest(const SandboxRequest &request);

} // namespace quarry::sandbox
