// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/sandboxespage.h"

#include "base/clock.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/filterentry.h"
#include "widgets/common/format.h"
#include "widgets/common/segments.h"
#include "widgets/common/strip.h"
#include "widgets/models/sandboxstate.h"
#include "widgets/pages/sandboxes/files/filestab.h"
#include "widgets/pages/sandboxes/historytab.h"
#include "widgets/pages/sandboxes/overviewtab.h"
#include "widgets/pages/sandboxes/log/logtab.h"
#include "widgets/pages/sandboxes/processes/processestab.h"
#include "widgets/pages/sandboxes/sandboxactions.h"
#include "widgets/pages/sandboxes/statistics/statisticstab.h"
#include "widgets/pages/sandboxes/terminals/terminalstab.h"
#include "widgets/patterns/detailpane.h"
#include "widgets/patterns/emptystate.h"
#include "widgets/patterns/tableview.h"

#include <QMenu>
#include <QScrollBar>
#include <QSettings>

#include <chrono>

namespace quarry::widgets {

using namespace std::chrono_literals;

namespace {
constexpr auto SelectedKey = "selected";
constexpr auto restAfter = 150ms;
} // namespace

SandboxesPage::SandboxesPage(SandboxModel &model, SandboxActions &sandboxActions,
                             ActionRegistry &actions, const Tabs &tabs, QWidget *parent)
    : ListDetailPage(tr("Sandboxes"), tr("Filter sandboxes"), parent), m_model(model),
      m_actions(sandboxActions), m_filterModel(new SandboxFilter(&model, this)),
      m_groups(new Segments(tr("Which sandboxes"), {tr("All"), tr("Running"), tr("Failed")})),
      m_overview(new OverviewTab), m_terminals(tabs.terminals), m_files(tabs.files),
      m_processes(tabs.processes), m_statistics(tabs.statistics), m_log(tabs.log),
      m_history(new HistoryTab)
{
    table()->setModel(m_filterModel);
    table()->setColumns({{CellKind::State, 170},
                         {CellKind::Id, 120},
                         {CellKind::Text, 140, true},
                         {CellKind::Meter, 80},
                         {CellKind::Meter, 104},
                         {CellKind::Figures, 64},
                         {CellKind::Figures, 80, false, false},
                         {CellKind::Figures, 80, false, false},
                         {CellKind::Text, 70, false, false},
                         {CellKind::Figures, 90, false, false},
                         {CellKind::Text, 100, false, false}});
    table()->sortByColumn(SandboxModel::AgeColumn, Qt::AscendingOrder);
    table()->setActions(&actions, QStringLiteral("sandbox"));
    addTools(actions);
    addDetail(actions);

    auto *empty = new EmptyState(QStringLiteral("sandboxes"), tr("No sandboxes yet"),
                                 tr("A sandbox is a machine of its own for an agent: files, "
                                    "processes and shells that cannot "
                                    "reach yours. It starts in a fraction of a second."));
    empty->addAction(actions.action(QStringLiteral("sandbox.new")));
    empty->addShellLine(QStringLiteral("quarry sandbox start --image host"));
    setEmptyState(empty);

    connect(table(), &TableView::selectedRowsChanged, this, &SandboxesPage::chosen);
    connect(filter(), &QLineEdit::textChanged, m_filterModel, &SandboxFilter::setText);
    connect(m_groups, &Segments::currentChanged, this,
            [this](int group) { m_filterModel->setGroup(SandboxFilter::Group(group)); });
    connect(&m_model, &SandboxModel::countsChanged, this, &SandboxesPage::showCounts);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &SandboxesPage::showChosen);
    connect(&m_actions, &SandboxActions::created, this, &SandboxesPage::show);

    m_measure.setSingleShot(true);
    m_measure.setInterval(restAfter);
    connect(&m_measure, &QTimer::timeout, this, &SandboxesPage::measureShown);
    const auto moved = [this] { m_measure.start(); };
    connect(table()->verticalScrollBar(), &QScrollBar::valueChanged, this, moved);
    connect(m_filterModel, &QAbstractItemModel::rowsInserted, this, moved);
    connect(m_filterModel, &QAbstractItemModel::rowsInserted, this, &SandboxesPage::chooseAgain);
    connect(m_filterModel, &QAbstractItemModel::rowsRemoved, this, moved);
    connect(m_filterModel, &QAbstractItemModel::layoutChanged, this, moved);
    showCounts();
    chosen();
}

void SandboxesPage::addTools(ActionRegistry &actions)
{
    const auto action = [&](const char *id) { return actions.action(QString::fromLatin1(id)); };
    tools()->addAction(action("sandbox.new"), ActionButton::Text, ButtonKind::Primary);
    for (const char *id : {"sandbox.commit", "sandbox.stop", "sandbox.restart", "sandbox.delete"})
        tools()->addAction(action(id));
    tools()->addSeparator();
    tools()->add(filter(), 1);
    tools()->addYielding(m_groups);
}

void SandboxesPage::addDetail(ActionRegistry &actions)
{
    for (const char *id : {"sandbox.shell", "sandbox.restart", "sandbox.stop"})
        detail()->addAction(actions.action(QString::fromLatin1(id)));
    connect(detail(), &DetailPane::currentTabChanged, this, &SandboxesPage::choiceChanged);
    detail()->addTab(m_overview, QStringLiteral("overview"), tr("Overview"));
    detail()->addTab(m_terminals, QStringLiteral("terminals"), tr("Terminals"));
    connect(m_terminals, &TerminalsTab::countChanged, this,
            [this] { detail()->setTabCount(QStringLiteral("terminals"), m_terminals->count()); });
    connect(m_terminals, &TerminalsTab::restartRequested, &m_actions,
            [this](const QString &id) { m_actions.restart({id}); });
    detail()->addTab(m_files, QStringLiteral("files"), tr("Files"));
    connect(m_files, &FilesTab::showAsked, this, &SandboxesPage::showFiles);
    connect(&m_model, &SandboxModel::sandboxesChanged, m_files, [this](const QStringList &ids) {
        for (const QString &id : ids) {
            if (!m_model.find(id))
                m_files->forget(id);
        }
    });
    detail()->addTab(m_processes, QStringLiteral("processes"), tr("Processes"));
    connect(m_processes, &ProcessesTab::countChanged, this,
            [this] { detail()->setTabCount(QStringLiteral("processes"), m_processes->count()); });
    detail()->addTab(m_statistics, QStringLiteral("statistics"), tr("Statistics"));
    detail()->addTab(m_log, QStringLiteral("log"), tr("Log"));
    detail()->addTab(m_history, QStringLiteral("history"), tr("History"));
}

void SandboxesPage::show(const QString &id)
{
    m_wanted = id;
    showCounts();
}

void SandboxesPage::openShell(const QString &id)
{
    if (id != m_current)
        show(id);
    if (id != m_current)
        return;
    detail()->showTab(QStringLiteral("terminals"));
    m_terminals->openShell();
}

void SandboxesPage::showFiles(const QString &id)
{
    if (id != m_current)
        show(id);
    if (id == m_current)
        detail()->showTab(QStringLiteral("files"));
}

int SandboxesPage::unsavedFiles() const
{
    return m_files->unsaved();
}

QStringList SandboxesPage::chosenIds() const
{
    QStringList ids;
    for (const int row : table()->selectedRows())
        ids.append(m_filterModel->idAt(row));
    return ids;
}

void SandboxesPage::chosen()
{
    const QStringList ids = chosenIds();
    // Whether a person let the row go or a filter takes it away shows when the row is out.
    if (ids.isEmpty() && !m_current.isEmpty())
        QMetaObject::invokeMethod(this, &SandboxesPage::settleChoice, Qt::QueuedConnection);
    else
        choose(ids);
}

// What a filter hides stays open beside the list.
void SandboxesPage::settleChoice()
{
    const QStringList ids = chosenIds();
    const bool isHidden = m_model.find(m_current) && m_filterModel->rowOf(m_current) < 0;
    choose(ids.isEmpty() && isHidden ? QStringList{m_current} : ids);
}

void SandboxesPage::chooseAgain()
{
    const int row = m_current.isEmpty() ? -1 : m_filterModel->rowOf(m_current);
    if (row >= 0 && chosenIds().isEmpty())
        table()->selectRow(row);
}

void SandboxesPage::choose(const QStringList &ids)
{
    m_current = ids.value(0);
    m_hasChosen = m_hasChosen || !ids.isEmpty();
    m_actions.choose(ids);
    setDetailShown(!m_current.isEmpty());
    showFoot();
    showChosen();
    Q_EMIT choiceChanged();
}

void SandboxesPage::showChosen()
{
    const sandbox::SandboxInfo *info = m_model.find(m_current);
    if (!info || !isVisible())
        return;
    const SandboxState state = sandboxState(*info, utcNow());
    detail()->setSubject(state.mark, state.text, info->image, info->id);
    m_overview->show(*info, m_model.use(m_current));
    m_terminals->show(*info);
    m_files->show(*info);
    m_processes->show(*info);
    m_statistics->show(*info);
    m_log->show(*info);
    m_history->show(*info);
}

void SandboxesPage::showCounts()
{
    const SandboxModel::Counts counts = m_model.counts();
    setEmpty(counts.all == 0);
    m_groups->setText(0, tr("All %1").arg(formatCount(counts.all)));
    m_groups->setText(1, tr("Running %1").arg(formatCount(counts.running + counts.starting)));
    m_groups->setText(2, tr("Failed %1").arg(formatCount(counts.failed)));
    QStringList parts;
    if (counts.running > 0)
        parts.append(tr("%1 running").arg(formatCount(counts.running)));
    if (counts.starting > 0)
        parts.append(tr("%1 starting").arg(formatCount(counts.starting)));
    if (counts.failed > 0)
        parts.append(tr("%1 failed").arg(formatCount(counts.failed)));
    setSubtitle(parts.join(QStringLiteral(" · ")));
    showFoot();
    if (m_wanted.isEmpty()) {
        // Beside the list stands one from the start, so that it does not jump at the first choice.
        if (!m_hasChosen && m_filterModel->rowCount() > 0)
            table()->selectRow(0);
        return;
    }
    if (const int row = m_filterModel->rowOf(m_wanted); row >= 0) {
        m_wanted.clear();
        table()->selectRow(row);
        table()->setFocus();
    }
}

void SandboxesPage::showFoot()
{
    setFoot(tr("%1 of %2 selected")
                .arg(formatCount(chosenIds().size()), formatCount(m_filterModel->rowCount())),
            {});
}

void SandboxesPage::measureShown()
{
    if (!isVisible())
        return;
    const int first = std::max(0, table()->rowAt(0));
    int last = table()->rowAt(table()->viewport()->height() - 1);
    if (last < 0)
        last = m_filterModel->rowCount() - 1;
    QStringList ids;
    for (int row = first; row <= last; ++row)
        ids.append(m_filterModel->idAt(row));
    if (!m_current.isEmpty() && !ids.contains(m_current))
        ids.append(m_current);
    m_model.measure(ids);
}

void SandboxesPage::showEvent(QShowEvent *event)
{
    ListDetailPage::showEvent(event);
    showChosen();
    m_measure.start();
}

void SandboxesPage::hideEvent(QHideEvent *event)
{
    ListDetailPage::hideEvent(event);
    m_measure.stop();
    // The chosen one goes on, so that its statistics have no gap.
    m_model.measure(m_current.isEmpty() ? QStringList() : QStringList{m_current});
}

void SandboxesPage::saveState(QSettings &settings) const
{
    ListDetailPage::saveState(settings);
    m_processes->saveState(settings);
    m_statistics->saveState(settings);
    m_log->saveState(settings);
    settings.setValue(QLatin1String(SelectedKey), m_wanted.isEmpty() ? m_current : m_wanted);
    m_files->saveState(settings);
}

void SandboxesPage::restoreState(const QSettings &settings)
{
    ListDetailPage::restoreState(settings);
    m_files->restoreState(settings);
    m_processes->restoreState(settings);
    m_statistics->restoreState(settings);
    m_log->restoreState(settings);
    show(settings.value(QLatin1String(SelectedKey)).toString());
}

} // namespace quarry::widgets
