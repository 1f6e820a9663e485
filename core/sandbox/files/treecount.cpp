// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/files/treecount.h"

#include "sandbox/files/treewalk.h"

#include <memory>

namespace quarry::sandbox {

void countTree(agent::AgentClient *client, const QList<QByteArray> &paths, qint64 limit,
               Callback<TreeCount> done)
{
    const auto count = std::make_shared<TreeCount>();
    const auto visit = [count, limit](const TreeWalk::Found &found) -> Result<void> {
        if (found.info.type == agent::FileInfo::Type::Folder) {
            ++count->folders;
        } else {
            ++count->files;
            count->bytes += qint64(found.info.size);
        }
        count->more = count->files + count->folders >= limit;
        return count->more ? Error{ErrorCode::LimitExceeded, {}, {}} : Result<void>();
    };
    auto *walk = new TreeWalk(client, visit, client);
    walk->start(paths, false, [walk, count, done = std::move(done)](const Result<void> &walked) {
        walk->deleteLater();
        if (walked || count->more)
            done(*count);
        else
            done(walked.error());
    });
}

} // namespace quarry::sandbox
