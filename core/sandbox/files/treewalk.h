// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Everything below some paths of a sandbox.
#pragma once

#include "agent/client/agentclient.h"
#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QPointer>

#include <functional>
#include <vector>

namespace quarry::sandbox {

// Visits folders before what is in them, page after page, so that memory does not grow with a
// folder. Links are not followed, but for the roots when asked. Lives on the agent's thread;
// destroying it ends the walk without an answer.
class TreeWalk : public QObject
{
    Q_OBJECT
public:
    struct Found {
        qsizetype root; // the number of the path it was found below
        QByteArray folder; // where it lies; empty for a root
        QByteArray path;
        const agent::FileInfo &info;
    };
    // An error ends the walk with it.
    using Visit = std::function<Result<void>(const Found &found)>;

    TreeWalk(agent::AgentClient *client, Visit visit, QObject *parent = nullptr);

    // Once. DONE may delete this (deleteLater).
    void start(const QList<QByteArray> &roots, bool followRoots, Callback<void> done);

private:
    struct Folder {
        qsizetype root;
        QByteArray path;
        quint64 cursor;
    };

    void next();
    void list(const Folder &folder);
    Result<void> take(const Found &found);
    Result<void> takePage(Folder folder, const agent::FileList &page);
    void proceed(const Result<void> &so);

    QPointer<agent::AgentClient> m_client;
    Visit m_visit;
    Callback<void> m_done;
    QList<QByteArray> m_roots;
    qsizetype m_nextRoot = 0;
    bool m_followRoots = false;
    std::vector<Folder> m_waiting;
};

} // namespace quarry::sandbox
