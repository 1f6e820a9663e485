// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Moves the bytes of a copy.
#pragma once

#include "commands/copyplaces.h"

namespace quarry::cli {

class Progress;

// Both stop at the first failure; a file that was under way then is as before, or not there.
Result<void> runUpload(client::Client &engine, const QString &sandbox, const copy::CopyPlan &plan,
                       Progress &progress);
Result<void> runDownload(client::Client &engine, const QString &sandbox, const copy::CopyPlan &plan,
                         Progress &progress);

} // namespace quarry::cli
