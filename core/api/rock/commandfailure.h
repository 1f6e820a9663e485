// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The answer of a command that failed, with what it printed.
#pragma once

#include "api/json/bulkanswer.h"

namespace quarry::api::rock {

// The answer's error is REASON and behind it PARTS, whose texts before are plain text here.
void failCommand(const http::ExchangePtr &exchange, const QString &reason, QList<BulkPart> parts,
                 int exitCode);

} // namespace quarry::api::rock
