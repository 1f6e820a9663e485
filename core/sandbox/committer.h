// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Commits of sandboxes to images, one at a time for each sandbox, and what became of the last one.
#pragma once

#include "base/result.h"
#include "sandbox/sandboxinfo.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace quarry::sandbox {

class LayerKeeper;

class Committer : public QObject
{
    Q_OBJECT
public:
    explicit Committer(LayerKeeper &layers, QObject *parent = nullptr);

    // Starts. WrongState while one of ID runs; InvalidArgument for a tag that names no image. With
    // PUSH the commit ends Failed at "push" after it was saved: there is no registry to push to.
    Result<CommitInfo> begin(const QString &id, const QString &imageTag, bool push);
    // The running one of ID ends Failed as COMMIT_CANCELLED, unless it is done by then. WrongState
    // when none runs.
    Result<void> cancel(const QString &id);
    // The last one of ID.
    Result<CommitInfo> info(const QString &id) const;

Q_SIGNALS:
    void commitChanged(const QString &sandboxId);

private:
    void finished(const QString &id, bool push, const Result<void> &result);

    LayerKeeper &m_layers;
    QHash<QString, CommitInfo> m_commits;
    QHash<QString, std::function<void()>> m_cancels; // of the running ones
};

} // namespace quarry::sandbox
