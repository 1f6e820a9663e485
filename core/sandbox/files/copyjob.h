// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A copy of files and folders between this machine and a sandbox, from its plan to its end.
#pragma once

#include "agent/client/agentclient.h"
#include "copy/copyplan.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QSet>

#include <memory>
#include <stop_token>

namespace quarry::sandbox {

struct CopyRequest {
    enum class Direction { ToSandbox, FromSandbox };
    Direction direction = Direction::ToSandbox;
    QList<QByteArray> sources; // with all that is below them
    QByteArray folder; // that they are copied into, under their own names
};

struct CopySummary {
    qint64 files = 0; // that have been copied
    qint64 bytes = 0;
    qint64 skipped = 0; // files that were there already
    QStringList leftOut; // one sentence each
};

enum class Existing { Overwrite, Skip, Cancel };

// A few files at a time, never more of one in memory than a few pieces, each whole under its name
// or not at all; stops at the first failure. Links of a sandbox are made as they are and never
// followed, but for the sources themselves; those of this machine are left out.
//
// Lives on the agent's thread; its signals may be followed from another. Destroying it is cancel()
// without a word.
class CopyJob : public QObject
{
    Q_OBJECT
public:
    explicit CopyJob(CopyRequest request, QObject *parent = nullptr);
    ~CopyJob() override;

    // Once. HOLD lives as long as the job works.
    void begin(agent::AgentClient *client, std::shared_ptr<void> hold);
    // After existingFound(), once.
    void decide(Existing choice);
    void cancel();
    // Ends it, as any failure does.
    void fail(const Error &error);

Q_SIGNALS:
    // Nothing has been written. SOME of the COUNT files that are there already, as escaped names.
    void existingFound(const QStringList &some, qint64 count);
    // About 20 times a second. TOTAL is 0 before the plan is made.
    void progressed(qint64 bytes, qint64 total);
    // One of the two, once.
    void finished(const quarry::sandbox::CopySummary &summary);
    void failed(const quarry::Error &error, const quarry::sandbox::CopySummary &summary);

private:
    bool up() const { return m_request.direction == CopyRequest::Direction::ToSandbox; }
    void planUp();
    void planDown();
    void planned(Result<copy::CopyPlan> plan);
    void checked(const Result<QList<qsizetype>> &replaced);
    void next();
    void startItem(const copy::CopyItem &item);
    void done(const Result<void> &item);
    void makeFolder(const copy::CopyItem &item);
    template <typename Mover>
    void moveFile(const copy::CopyItem &item);
    void moved(qint64 bytes);
    void end();
    void release(QObject *worker);

    CopyRequest m_request;
    QPointer<agent::AgentClient> m_client;
    std::shared_ptr<void> m_hold;
    std::stop_source m_stop; // of what a pool's thread does
    copy::CopyPlan m_plan;
    QSet<qsizetype> m_replaced; // numbers of items
    bool m_skipping = false;
    qsizetype m_next = 0;
    int m_underWay = 0; // items
    bool m_waitsForFolder = false; // that the next items lie in
    QSet<QObject *> m_workers; // what is under way; children
    CopySummary m_summary;
    qint64 m_moved = 0;
    QElapsedTimer m_told;
    bool m_over = false;
};

} // namespace quarry::sandbox
