// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/files/copyjob.h"

#include "base/escapedname.h"
#include "base/pool.h"
#include "copy/localfile.h"
#include "copy/localtree.h"
#include "sandbox/files/fileerror.h"
#include "sandbox/files/filereceiver.h"
#include "sandbox/files/filesender.h"
#include "sandbox/files/targetcheck.h"
#include "sandbox/files/treewalk.h"

#include <utility>

namespace quarry::sandbox {

using namespace Qt::StringLiterals;
using agent::FileInfo;
using copy::CopyItem;
using copy::CopyPlan;

namespace {

constexpr qint64 tellEvery = 50; // ms
constexpr qsizetype namesTold = 5;
constexpr int atOnce = 8; // small files cost a way there and back each

QThreadPool &pool()
{
    return *QThreadPool::globalInstance();
}

Result<void> planFound(CopyPlan &plan, const TreeWalk::Found &found, const QByteArray &to)
{
    CopyItem item{.from = found.path, .to = to, .mode = found.info.mode & 0777, .target = {}};
    switch (found.info.type) {
    case FileInfo::Type::Folder:
        item.kind = CopyItem::Kind::Folder;
        break;
    case FileInfo::Type::File:
        item.size = qint64(found.info.size);
        break;
    case FileInfo::Type::Link:
        item.kind = CopyItem::Kind::Link;
        item.target = QByteArray::fromStdString(found.info.target);
        break;
    default:
        return plan.leaveOut(u"%1 is no file, and left out."_s.arg(escapedName(found.path)));
    }
    return plan.add(std::move(item));
}

} // namespace

CopyJob::CopyJob(CopyRequest request, QObject *parent)
    : QObject(parent), m_request(std::move(request))
{
}

CopyJob::~CopyJob()
{
    m_stop.request_stop();
}

void CopyJob::begin(agent::AgentClient *client, std::shared_ptr<void> hold)
{
    m_client = client;
    m_hold = std::move(hold);
    if (m_over)
        return; // cancelled before
    if (up())
        planUp();
    else
        planDown();
}

void CopyJob::planUp()
{
    runInPool<CopyPlan>(
        pool(), this,
        [request = m_request, stop = m_stop.get_token()]() -> Result<CopyPlan> {
            CopyPlan plan;
            for (const QByteArray &source : request.sources) {
                const QByteArray to = copy::joined(request.folder, copy::lastName(source));
                if (const Result<void> added = copy::planLocal(plan, source, to, true, stop);
                    !added)
                    return added.error();
            }
            return plan;
        },
        [this](Result<CopyPlan> plan) { planned(std::move(plan)); });
}

void CopyJob::planDown()
{
    const auto plan = std::make_shared<CopyPlan>();
    const auto visit = [this, plan](const TreeWalk::Found &found) -> Result<void> {
        const QByteArray &root = m_request.sources[found.root];
        const QByteArray top = copy::joined(m_request.folder, copy::lastName(root));
        return planFound(*plan, found, top + found.path.sliced(root.size()));
    };
    auto *walk = new TreeWalk(m_client, visit, this);
    m_workers.insert(walk);
    walk->start(m_request.sources, true, [this, walk, plan](const Result<void> &walked) {
        release(walk);
        copy::putLinksLast(*plan);
        planned(walked ? Result<CopyPlan>(std::move(*plan)) : Result<CopyPlan>(walked.error()));
    });
}

void CopyJob::planned(Result<CopyPlan> plan)
{
    if (m_over)
        return;
    if (!plan) {
        fail(plan.error());
        return;
    }
    m_plan = std::move(*plan);
    m_summary.leftOut = m_plan.leftOut;
    if (!up()) {
        runInPool<QList<qsizetype>>(
            pool(), this,
            [items = m_plan.items, stop = m_stop.get_token()] {
                return copy::findReplaced(items, stop);
            },
            [this](const Result<QList<qsizetype>> &replaced) { checked(replaced); });
        return;
    }
    auto *check = new TargetCheck(m_client, m_plan.items, this);
    m_workers.insert(check);
    check->start([this, check](const Result<QList<qsizetype>> &replaced) {
        release(check);
        checked(replaced);
    });
}

void CopyJob::checked(const Result<QList<qsizetype>> &replaced)
{
    if (m_over)
        return;
    if (!replaced) {
        fail(replaced.error());
        return;
    }
    if (replaced->isEmpty()) {
        next();
        return;
    }
    m_replaced = QSet<qsizetype>(replaced->cbegin(), replaced->cend());
    QStringList some;
    for (const qsizetype at : replaced->first(std::min(namesTold, replaced->size())))
        some.append(escapedName(m_plan.items[at].to));
    Q_EMIT existingFound(some, replaced->size());
}

void CopyJob::decide(Existing choice)
{
    if (m_over)
        return;
    if (choice == Existing::Cancel) {
        cancel();
        return;
    }
    m_skipping = choice == Existing::Skip;
    if (m_skipping) {
        m_summary.skipped = m_replaced.size();
        for (const qsizetype at : std::as_const(m_replaced))
            m_plan.bytes -= m_plan.items[at].size;
    }
    next();
}

void CopyJob::next()
{
    while (!m_over && m_underWay < atOnce && !m_waitsForFolder) {
        while (m_skipping && m_replaced.contains(m_next))
            ++m_next;
        if (m_next == m_plan.items.size())
            break;
        if (!m_client) {
            fail(agentGone());
            return;
        }
        ++m_underWay;
        startItem(m_plan.items[m_next++]);
    }
    if (m_over || m_underWay > 0)
        return;
    Q_EMIT progressed(m_moved, m_plan.bytes);
    end();
    Q_EMIT finished(m_summary);
}

void CopyJob::startItem(const CopyItem &item)
{
    switch (item.kind) {
    case CopyItem::Kind::Folder:
        m_waitsForFolder = true;
        makeFolder(item);
        break;
    case CopyItem::Kind::Link:
        runInPool<void>(
            pool(), this, [item] { return copy::makeLocalLink(item.to, item.target); },
            [this](const Result<void> &made) { done(made); });
        break;
    case CopyItem::Kind::File:
        if (up())
            moveFile<FileSender>(item);
        else
            moveFile<FileReceiver>(item);
    }
}

void CopyJob::done(const Result<void> &item)
{
    if (m_over)
        return;
    --m_underWay;
    if (item)
        next();
    else
        fail(item.error());
}

void CopyJob::makeFolder(const CopyItem &item)
{
    if (up()) {
        m_client->makeFolder(item.to, item.mode & 0777, true, this,
                             [this, to = item.to](const Result<void> &made) {
                                 m_waitsForFolder = false;
                                 done(made ? made : aboutFile(made.error(), to));
                             });
        return;
    }
    runInPool<void>(
        pool(), this, [item] { return copy::makeLocalFolder(item.to, item.mode); },
        [this](const Result<void> &made) {
            m_waitsForFolder = false;
            done(made);
        });
}

template <typename Mover>
void CopyJob::moveFile(const CopyItem &item)
{
    auto *mover = new Mover(m_client, item, this);
    m_workers.insert(mover);
    connect(mover, &Mover::moved, this, &CopyJob::moved);
    connect(mover, &Mover::finished, this, [this, mover] {
        release(mover);
        ++m_summary.files;
        done({});
    });
    connect(mover, &Mover::failed, this, [this, mover](const Error &error) {
        release(mover);
        fail(error);
    });
}

void CopyJob::moved(qint64 bytes)
{
    m_moved += bytes;
    m_summary.bytes += bytes;
    if (m_told.isValid() && m_told.elapsed() < tellEvery)
        return;
    m_told.start();
    Q_EMIT progressed(m_moved, m_plan.bytes);
}

void CopyJob::cancel()
{
    fail(copy::cancelled());
}

void CopyJob::fail(const Error &error)
{
    if (m_over)
        return;
    end();
    Q_EMIT failed(error, m_summary);
}

void CopyJob::end()
{
    m_over = true;
    m_stop.request_stop();
    for (QObject *worker : std::exchange(m_workers, {}))
        release(worker);
    m_hold.reset();
}

// Not at once: it may be the one that calls. It is cut off from here meanwhile.
void CopyJob::release(QObject *worker)
{
    m_workers.remove(worker);
    worker->disconnect(this);
    worker->deleteLater();
}

} // namespace quarry::sandbox
