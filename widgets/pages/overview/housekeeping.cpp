// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/overview/housekeeping.h"

#include "widgets/common/actionregistry.h"
#include "widgets/common/activitymodel.h"
#include "widgets/common/format.h"
#include "widgets/common/notices.h"
#include "widgets/common/question.h"
#include "widgets/models/sandboxmodel.h"

#include <QWidget>

namespace quarry::widgets {

namespace {

constexpr int LeaksShown = 12;

} // namespace

Housekeeping::Housekeeping(const Parts &parts, QWidget *dialogParent)
    : QObject(dialogParent), m_parts(parts), m_dialogParent(dialogParent)
{
    m_parts.actions.add({.id = QStringLiteral("all.stop"),
                         .text = tr("Stop all running sandboxes"),
                         .shortText = tr("Stop all"),
                         .icon = QStringLiteral("stop")},
                        this, [this] { askStop(); });
    m_parts.actions.add({.id = QStringLiteral("all.sweep"),
                         .text = tr("Clean up leaks"),
                         .icon = QStringLiteral("delete")},
                        this, [this] { lookForLeaks(); });
    connect(&m_parts.model, &SandboxModel::countsChanged, this, &Housekeeping::refresh);
    refresh();
}

void Housekeeping::refresh()
{
    const SandboxModel::Counts counts = m_parts.model.counts();
    m_parts.actions.setEnabled(QStringLiteral("all.stop"), counts.running + counts.starting > 0,
                               tr("nothing runs"));
}

QStringList Housekeeping::living() const
{
    QStringList ids;
    for (int row = 0; row < m_parts.model.rowCount(); ++row) {
        const sandbox::SandboxInfo *info = m_parts.model.find(m_parts.model.idAt(row));
        if (info && (info->alive() || info->pending()))
            ids.append(info->id);
    }
    return ids;
}

void Housekeeping::askStop()
{
    const QStringList ids = living();
    ask(m_dialogParent, this,
        {.title = tr("Stop all running sandboxes"),
         .text = ids.size() == 1 ? tr("Stop %1?").arg(ids.first())
                                 : tr("Stop %1 sandboxes?").arg(formatCount(ids.size())),
         .detail = tr("What runs in them ends. Their files stay, and a restart brings them back."),
         .choices = {{tr("Stop all"), true, [this, ids] { stop(ids); }}}});
}

void Housekeeping::stop(const QStringList &ids)
{
    for (const QString &id : ids) {
        const ActivityId activity = m_parts.activity.begin(
            {.text = tr("Stop %1").arg(id), .kind = tr("Sandbox"), .cancel = {}, .open = {}});
        m_parts.host.ask<void>(
            this,
            [id](engine::Engine &engine, Callback<void> done) {
                engine.sandboxes().stop(id, std::move(done));
            },
            [this, activity](const Result<void> &done) {
                m_parts.activity.end(activity, done ? State::Success : State::Failed,
                                     done ? QString() : done.error().message);
                if (!done)
                    fail(done.error().message);
            });
    }
}

void Housekeeping::lookForLeaks()
{
    m_parts.host.ask<QStringList>(
        this,
        [](engine::Engine &engine, Callback<QStringList> done) {
            engine.sandboxes().sweep(true, std::move(done));
        },
        [this](const Result<QStringList> &leaks) {
            if (!leaks)
                fail(leaks.error().message);
            else if (leaks->isEmpty())
                m_parts.notices.post({.kind = NoticeKind::Success,
                                      .text = tr("Nothing is left over: there is nothing to clean "
                                                 "up."),
                                      .actionText = {},
                                      .action = {}});
            else
                askSweep(*leaks);
        });
}

void Housekeeping::askSweep(const QStringList &leaks)
{
    QStringList shown = leaks.mid(0, LeaksShown);
    if (leaks.size() > LeaksShown)
        shown.append(tr("and %1 more").arg(formatCount(leaks.size() - LeaksShown)));
    ask(m_dialogParent, this,
        {.title = tr("Clean up leaks"),
         .text = tr("Remove what dead programs left?"),
         .detail = shown.join(u'\n'),
         .choices = {{tr("Clean up"), false, [this] { sweep(); }}}});
}

void Housekeeping::sweep()
{
    const ActivityId activity = m_parts.activity.begin(
        {.text = tr("Clean up leaks"), .kind = tr("Sandbox"), .cancel = {}, .open = {}});
    m_parts.host.ask<QStringList>(
        this,
        [](engine::Engine &engine, Callback<QStringList> done) {
            engine.sandboxes().sweep(false, std::move(done));
        },
        [this, activity](const Result<QStringList> &removed) {
            m_parts.activity.end(activity, removed ? State::Success : State::Failed,
                                 removed ? tr("%1 removed").arg(formatCount(removed->size()))
                                         : removed.error().message);
            if (!removed)
                fail(removed.error().message);
        });
}

void Housekeeping::fail(const QString &message)
{
    m_parts.notices.post(
        {.kind = NoticeKind::Failure, .text = message, .actionText = {}, .action = {}});
}

} // namespace quarry::widgets
