// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/format.h"
#include "widgets/pages/sandboxes/sandboxactions.h"

#include "widgets/common/actionregistry.h"
#include "widgets/common/activitymodel.h"
#include "widgets/common/notices.h"
#include "widgets/common/question.h"
#include "widgets/models/sandboxmodel.h"
#include "widgets/pages/sandboxes/commits.h"
#include "widgets/pages/sandboxes/newsandboxdialog.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>

namespace quarry::widgets {

SandboxActions::SandboxActions(const Parts &parts, QWidget *dialogParent)
    : QObject(dialogParent), m_parts(parts), m_dialogParent(dialogParent),
      m_commits(new Commits(parts, dialogParent, this))
{
    connect(m_commits, &Commits::newSandboxRequested, this, &SandboxActions::openForm);
    addActions();
    connect(&m_parts.model, &SandboxModel::sandboxesChanged, this, &SandboxActions::refresh);
    refresh();
}

void SandboxActions::addActions()
{
    ActionRegistry &actions = m_parts.actions;
    actions.add({.id = QStringLiteral("sandbox.new"),
                 .text = tr("New sandbox"),
                 .icon = QStringLiteral("add"),
                 .shortcut = QKeySequence(QStringLiteral("Ctrl+N"))},
                this, [this] { openForm(); });
    actions.add({.id = QStringLiteral("sandbox.shell"),
                 .text = tr("Open shell"),
                 .icon = QStringLiteral("terminal"),
                 .shortcut = QKeySequence(QStringLiteral("Ctrl+Shift+T"))},
                this, [this] { Q_EMIT shellRequested(m_chosen.value(0)); });
    actions.add({.id = QStringLiteral("sandbox.copyId"),
                 .text = tr("Copy id"),
                 .icon = QStringLiteral("copy")},
                this, [this] { copyIds(); });
    actions.add({.id = QStringLiteral("sandbox.commit"),
                 .text = tr("Commit to image…"),
                 .shortText = tr("Commit"),
                 .icon = QStringLiteral("commit")},
                this, [this] { m_commits->openForm(m_chosen.value(0)); });
    actions.add({.id = QStringLiteral("sandbox.restart"),
                 .text = tr("Restart sandbox"),
                 .shortText = tr("Restart"),
                 .icon = QStringLiteral("restart")},
                this, [this] { restart(m_chosen); });
    actions.add({.id = QStringLiteral("sandbox.stop"),
                 .text = tr("Stop sandbox"),
                 .shortText = tr("Stop"),
                 .icon = QStringLiteral("stop")},
                this, [this] { stop(m_chosen); });
    actions.add({.id = QStringLiteral("sandbox.delete"),
                 .text = tr("Delete sandbox"),
                 .shortText = tr("Delete"),
                 .icon = QStringLiteral("delete"),
                 .danger = true},
                this, [this] { askRemove(); });
}

void SandboxActions::choose(const QStringList &ids)
{
    m_chosen = ids;
    m_parts.actions.setSubject(
        QStringLiteral("sandbox"),
        ids.size() == 1 ? ids.first() : counted(ids.size(), QString(), tr("%1 sandboxes")));
    refresh();
}

void SandboxActions::refresh()
{
    const auto any = [this](auto fits) {
        return std::any_of(m_chosen.cbegin(), m_chosen.cend(), [&](const QString &id) {
            const sandbox::SandboxInfo *info = m_parts.model.find(id);
            return info && fits(*info);
        });
    };
    const bool chosen = any([](const sandbox::SandboxInfo &) { return true; });
    const bool living = any([](const auto &info) { return info.alive() || info.pending(); });
    const bool running = any([](const auto &info) { return info.alive(); });
    const bool stopped
        = any([](const auto &info) { return info.state == sandbox::State::Stopped; });
    const QString nothing = tr("no sandbox is chosen");
    const auto set = [this](const char *id, bool on, const QString &reason) {
        m_parts.actions.setEnabled(QString::fromLatin1(id), on, reason);
    };
    set("sandbox.shell", running && m_chosen.size() == 1,
        chosen ? tr("only one that is running has a shell") : nothing);
    set("sandbox.copyId", chosen, nothing);
    set("sandbox.commit", (running || stopped) && m_chosen.size() == 1,
        chosen ? tr("only one that runs or is stopped can be committed") : nothing);
    set("sandbox.restart", stopped, chosen ? tr("only a stopped one restarts") : nothing);
    set("sandbox.stop", living, chosen ? tr("it is not running") : nothing);
    set("sandbox.delete", chosen, nothing);
}

void SandboxActions::openForm(const QString &image)
{
    auto *form = new NewSandboxDialog(m_parts.host, m_dialogParent);
    if (!image.isEmpty())
        form->setImage(image);
    form->setAttribute(Qt::WA_DeleteOnClose);
    connect(form, &NewSandboxDialog::createRequested, this,
            [this, form](const sandbox::SandboxRequest &request) {
                m_parts.host.ask<sandbox::SandboxInfo>(
                    form,
                    [request](engine::Engine &engine, Callback<sandbox::SandboxInfo> done) {
                        engine.sandboxes().start(request, std::move(done));
                    },
                    [this, form](const Result<sandbox::SandboxInfo> &info) {
                        if (!info) {
                            form->showError(info.error().message);
                            return;
                        }
                        form->accept();
                        Q_EMIT created(info->id);
                    });
            });
    form->open();
}

template <typename T>
void SandboxActions::work(const QString &text, const QString &id,
                          std::function<void(engine::Engine &, Callback<T>)> call)
{
    const ActivityId activity
        = m_parts.activity.begin({.text = text, .kind = tr("Sandbox"), .cancel = {}, .open = {}});
    m_parts.host.ask<T>(this, std::move(call), [this, activity, id](const Result<T> &done) {
        m_parts.activity.end(activity, done ? State::Success : State::Failed,
                             done ? QString() : done.error().message);
        if (!done)
            m_parts.notices.post({.kind = NoticeKind::Failure,
                                  .text = done.error().message,
                                  .actionText = {},
                                  .action = {}});
    });
}

void SandboxActions::stop(const QStringList &ids)
{
    for (const QString &id : ids) {
        const sandbox::SandboxInfo *info = m_parts.model.find(id);
        if (!info || !(info->alive() || info->pending()))
            continue;
        work<void>(tr("Stop %1").arg(id), id, [id](engine::Engine &engine, Callback<void> done) {
            engine.sandboxes().stop(id, std::move(done));
        });
    }
}

void SandboxActions::restart(const QStringList &ids)
{
    for (const QString &id : ids) {
        const sandbox::SandboxInfo *info = m_parts.model.find(id);
        if (!info || info->state != sandbox::State::Stopped)
            continue;
        work<sandbox::SandboxInfo>(
            tr("Restart %1").arg(id), id,
            [id](engine::Engine &engine, const Callback<sandbox::SandboxInfo> &done) {
                sandbox::SandboxService &service = engine.sandboxes();
                service.restart(id,
                                [&service, id, done](const Result<sandbox::SandboxInfo> &accepted) {
                                    if (accepted)
                                        service.awaitStart(id, -1, done);
                                    else
                                        done(accepted.error());
                                });
            });
    }
}

void SandboxActions::remove(const QStringList &ids)
{
    for (const QString &id : ids)
        work<void>(tr("Delete %1").arg(id), id, [id](engine::Engine &engine, Callback<void> done) {
            engine.sandboxes().remove(id, true, std::move(done));
        });
}

void SandboxActions::askRemove()
{
    const QStringList ids = m_chosen;
    ask(m_dialogParent, this,
        {.title = tr("Delete sandbox"),
         .text = ids.size() == 1
             ? tr("Delete %1 and its files?").arg(ids.first())
             : tr("Delete %1 sandboxes and their files?").arg(formatCount(ids.size())),
         .detail = tr("This cannot be undone."),
         .choices = {{tr("Delete"), true, [this, ids] { remove(ids); }}}});
}

void SandboxActions::copyIds() const
{
    QGuiApplication::clipboard()->setText(m_chosen.join(u'\n'));
}

} // namespace quarry::widgets
