// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How much lies below some paths of a sandbox: for the question before it is removed.
#pragma once

#include "agent/client/agentclient.h"
#include "base/result.h"

#include <QByteArray>
#include <QList>

namespace quarry::sandbox {

struct TreeCount {
    qint64 files = 0; // and links, and all that is no folder
    qint64 folders = 0;
    qint64 bytes = 0;
    bool more = false; // the count stopped at its limit
};

// The paths themselves count too. DONE comes once, on the agent's thread.
void countTree(agent::AgentClient *client, const QList<QByteArray> &paths, qint64 limit,
               Callback<TreeCount> done);

} // namespace quarry::sandbox
