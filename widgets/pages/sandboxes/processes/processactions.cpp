// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/processes/processactions.h"

#include "widgets/common/actionregistry.h"
#include "widgets/common/format.h"
#include "widgets/common/notices.h"
#include "widgets/common/shellword.h"
#include "widgets/pages/sandboxes/processes/processmodel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMessageBox>
#include <QPushButton>
#include <QSet>
#include <QWidget>

#include <algorithm>
#include <csignal>

namespace quarry::widgets {

ProcessActions::ProcessActions(const Parts &parts, const ProcessModel &model, QWidget *view)
    : QObject(view), m_parts(parts), m_model(model), m_view(view)
{
    add("interrupt", tr("Interrupt process"), tr("Interrupt"), "pause", false,
        [this] { send(m_chosen, SIGINT, false); });
    add("terminate", tr("Terminate process"), tr("Terminate"), "stop", false,
        [this] { askAndSend(SIGTERM, false); });
    add("copyPid", tr("Copy pid"), {}, "copy", false, [this] {
        QStringList pids;
        for (const sandbox::Process &process : chosen())
            pids.append(QString::number(process.pid));
        QGuiApplication::clipboard()->setText(pids.join(u' '));
    });
    add("copyCommand", tr("Copy command line"), {}, "copy", false, [this] {
        QStringList lines;
        for (const sandbox::Process &process : chosen())
            lines.append(process.arguments.isEmpty() ? process.name : shellLine(process.arguments));
        QGuiApplication::clipboard()->setText(lines.join(u'\n'));
    });
    add("kill", tr("Kill process"), tr("Kill"), "close", true,
        [this] { askAndSend(SIGKILL, false); });
    add("killTree", tr("Kill process and all it started"), tr("Kill tree"), "close", true,
        [this] { askAndSend(SIGKILL, true); });
    refresh();
}

void ProcessActions::add(const char *name, const QString &text, const QString &shortText,
                         const char *icon, bool danger, std::function<void()> run)
{
    m_parts.actions.add({.id = QStringLiteral("process.") + QString::fromLatin1(name),
                         .text = text,
                         .shortText = shortText,
                         .icon = QString::fromLatin1(icon),
                         .danger = danger},
                        this, std::move(run));
}

void ProcessActions::choose(const QList<int> &rows)
{
    m_chosen.clear();
    for (const int row : rows) {
        const sandbox::Process &process = m_model.process(row);
        m_chosen.append({process.pid, process.startedMicroseconds});
    }
    refresh();
}

// Those of the chosen that are still there.
QList<sandbox::Process> ProcessActions::chosen() const
{
    QList<sandbox::Process> found;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const sandbox::Process &process = m_model.process(row);
        for (const sandbox::ProcessSignal &each : m_chosen) {
            if (each.pid == process.pid && each.startedMicroseconds == process.startedMicroseconds)
                found.append(process);
        }
    }
    return found;
}

void ProcessActions::refresh()
{
    const QList<sandbox::Process> all = chosen();
    QString subject;
    if (all.size() == 1)
        subject = QStringLiteral("%1 %2").arg(all.first().pid).arg(oneLine(all.first().name));
    else if (all.size() > 1)
        subject = counted(all.size(), QString(), tr("%1 processes"));
    m_parts.actions.setSubject(QStringLiteral("process"), subject);
    for (const QAction *action : m_parts.actions.actionsOf(QStringLiteral("process")))
        m_parts.actions.setEnabled(action->objectName(), !all.isEmpty(),
                                   tr("no process is chosen"));
}

// What goes with the chosen ones: the members of a session that loses its leader, and with TREE all
// that descends from them.
QList<sandbox::Process> ProcessActions::alsoEnding(bool tree) const
{
    const QList<sandbox::Process> all = chosen();
    QSet<quint32> pids;
    for (const sandbox::Process &process : all)
        pids.insert(process.pid);
    QList<sandbox::Process> also;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const sandbox::Process &process = m_model.process(row);
        if (!std::any_of(all.begin(), all.end(),
                         [&](const auto &each) { return each.pid == process.pid; }))
            continue;
        for (const sandbox::Process &each :
             tree ? m_model.descendants(row) : m_model.sessionOf(row)) {
            if (!pids.contains(each.pid)) {
                pids.insert(each.pid);
                also.append(each);
            }
        }
    }
    return also;
}

void ProcessActions::askAndSend(int signal, bool tree)
{
    const QList<sandbox::Process> all = chosen();
    const QList<sandbox::Process> also = alsoEnding(tree);
    if (also.isEmpty()) {
        send(m_chosen, signal, tree);
        return;
    }
    const QString what = all.size() == 1
        ? tr("%1 (%2)").arg(oneLine(all.first().name), QString::number(all.first().pid))
        : counted(all.size(), QString(), tr("%1 processes"));
    auto *question = new QMessageBox(m_view->window());
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIcon(QMessageBox::NoIcon);
    question->setTextFormat(Qt::PlainText);
    question->setWindowTitle(signal == SIGKILL ? tr("Kill process") : tr("Terminate process"));
    if (tree)
        question->setText(counted(also.size(), tr("Kill %1 and the process it started?").arg(what),
                                  tr("Kill %2 and the %1 processes it started?"))
                              .replace(QStringLiteral("%2"), what));
    else
        question->setText((signal == SIGKILL ? tr("Kill %1?") : tr("Terminate %1?")).arg(what));
    question->setInformativeText(
        tree
            ? tr("None of them gets to save its work.")
            : counted(also.size(),
                      tr("It leads a session, and the other process in it may end with it."),
                      tr("It leads a session, and the %1 other processes in it may end with it.")));
    QPushButton *yes = question->addButton(signal == SIGKILL ? tr("Kill") : tr("Terminate"),
                                           QMessageBox::DestructiveRole);
    question->setDefaultButton(question->addButton(QMessageBox::Cancel));
    connect(yes, &QPushButton::clicked, this,
            [this, asked = m_chosen, signal, tree] { send(asked, signal, tree); });
    question->open();
}

void ProcessActions::send(QList<sandbox::ProcessSignal> to, int signal, bool tree)
{
    for (sandbox::ProcessSignal &wanted : to) {
        wanted.signal = signal;
        wanted.tree = tree;
        m_parts.host.ask<void>(
            this,
            [id = m_sandbox, wanted](engine::Engine &engine, Callback<void> done) {
                engine.sandboxes().signalProcess(id, wanted, std::move(done));
            },
            [this](const Result<void> &sent) {
                if (!sent)
                    m_parts.notices.post({.kind = NoticeKind::Failure,
                                          .text = sent.error().message,
                                          .actionText = {},
                                          .action = {}});
                Q_EMIT signalled();
            });
    }
}

} // namespace quarry::widgets
