// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/committer.h"

#include "base/clock.h"
#include "runtime/images/imagename.h"
#include "sandbox/layerkeeper.h"

namespace quarry::sandbox {

using namespace Qt::StringLiterals;

Committer::Committer(LayerKeeper &layers, QObject *parent) : QObject(parent), m_layers(layers) { }

Result<CommitInfo> Committer::begin(const QString &id, const QString &imageTag, bool push)
{
    const auto name = runtime::checkNewImageName(imageTag);
    if (!name)
        return name.error();
    const auto last = m_commits.constFind(id);
    if (last != m_commits.constEnd() && last->phase == CommitInfo::Phase::Running) {
        return {ErrorCode::WrongState,
                u"A commit of sandbox %1 to %2 is still running."_s.arg(id, last->imageTag)};
    }
    CommitInfo commit;
    commit.sandboxId = id;
    commit.imageTag = *name;
    commit.startedAt = utcNow();
    m_commits.insert(id, commit);
    m_cancels[id] = m_layers.commit(
        id, *name,
        [this, id](qint64 done, qint64 total) {
            CommitInfo &running = m_commits[id];
            running.bytesDone = done;
            running.bytesTotal = total;
            Q_EMIT commitChanged(id);
        },
        [this, id, push](const Result<void> &result) { finished(id, push, result); });
    return commit;
}

void Committer::finished(const QString &id, bool push, const Result<void> &result)
{
    m_cancels.remove(id);
    CommitInfo &commit = m_commits[id];
    commit.completedAt = utcNow();
    commit.phase = CommitInfo::Phase::Succeeded;
    if (!result) {
        commit.phase = CommitInfo::Phase::Failed;
        commit.exitCode = 1;
        commit.failedStage = u"commit"_s;
        commit.errorCode = result.error().code == ErrorCode::Cancelled ? u"COMMIT_CANCELLED"_s
                                                                       : u"COMMIT_FAILED"_s;
        commit.errorMessage = result.error().message;
    } else if (push) {
        commit.phase = CommitInfo::Phase::Failed;
        commit.exitCode = 1;
        commit.failedStage = u"push"_s;
        commit.errorCode = u"PUSH_FAILED"_s;
        commit.errorMessage = u"saved locally, pushing is not supported"_s;
    }
    Q_EMIT commitChanged(id);
}

Result<void> Committer::cancel(const QString &id)
{
    const auto cancel = m_cancels.constFind(id);
    if (cancel == m_cancels.constEnd())
        return {ErrorCode::WrongState, u"No commit of sandbox %1 is running."_s.arg(id)};
    (*cancel)();
    return {};
}

Result<CommitInfo> Committer::info(const QString &id) const
{
    const auto commit = m_commits.constFind(id);
    if (commit == m_commits.constEnd())
        return {ErrorCode::NotFound, u"Sandbox %1 was never committed."_s.arg(id)};
    return *commit;
}

} // namespace quarry::sandbox
