// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/processes/processestab.h"

#include "widgets/common/actionregistry.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/filterentry.h"
#include "widgets/common/format.h"
#include "widgets/common/strip.h"
#include "widgets/pages/sandboxes/processes/processfilter.h"
#include "widgets/patterns/emptystate.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/measures.h"

#include <QSettings>
#include <QVBoxLayout>

#include <chrono>
#include <utility>

namespace quarry::widgets {

using namespace std::chrono_literals;

namespace {
constexpr auto interval = 2s;
constexpr auto ColumnsKey = "processColumns";
} // namespace

ProcessesTab::ProcessesTab(const ProcessActions::Parts &parts, QWidget *parent)
    : QStackedWidget(parent), m_parts(parts), m_model(new ProcessModel(this)),
      m_filterModel(new ProcessFilter(m_model, this)), m_table(new TableView(tr("Processes"))),
      m_filter(new FilterEntry(tr("Filter processes"), tr("Filter by command, user, pid"))),
      m_foot(new ElidedLabel),
      m_empty(new EmptyState(QStringLiteral("sandboxes"), tr("Not running"), {})),
      m_actions(new ProcessActions(parts, *m_model, this))
{
    m_table->setModel(m_filterModel);
    m_table->setColumns({{CellKind::Figures, 64},
                         {CellKind::Text, 72},
                         {CellKind::Text, 72},
                         {CellKind::Figures, 60},
                         {CellKind::Figures, 80},
                         {CellKind::Figures, 80},
                         {CellKind::Id, 200, true},
                         {CellKind::Figures, 64, false, false},
                         {CellKind::Figures, 64, false, false}});
    m_table->sortByColumn(ProcessModel::CpuColumn, Qt::DescendingOrder);
    m_table->setActions(&m_parts.actions, QStringLiteral("process"));
    m_empty->addAction(m_parts.actions.action(QStringLiteral("sandbox.restart")));
    addWidget(makeList());
    addWidget(m_empty);

    m_next.setSingleShot(true);
    m_next.setInterval(interval);
    connect(&m_next, &QTimer::timeout, this, &ProcessesTab::ask);
    connect(m_actions, &ProcessActions::signalled, this, &ProcessesTab::ask);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filterModel->setText(text);
        showFoot();
    });
    connect(m_table, &TableView::selectedRowsChanged, this, [this] {
        QList<int> rows;
        for (const int row : m_table->selectedRows())
            rows.append(m_filterModel->sourceRow(row));
        m_actions->choose(rows);
        showFoot();
    });
}

QWidget *ProcessesTab::makeList()
{
    auto *tools = new Strip(measures::ToolBar);
    tools->add(m_filter, 1);
    for (const char *id : {"process.interrupt", "process.terminate", "process.kill"})
        tools->addAction(m_parts.actions.action(QString::fromLatin1(id)), ActionButton::TextOnly);
    m_filter->setTarget(m_table);
    m_foot->setType(Type::Small);
    m_foot->setTone(Tone::TextSecondary);
    auto *foot = new Strip(measures::StatusStrip, Tone::Surface, Strip::LineAbove);
    foot->add(m_foot, 1);
    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(tools);
    column->addWidget(m_table, 1);
    column->addWidget(foot);
    return list;
}

void ProcessesTab::show(const sandbox::SandboxInfo &info)
{
    if (m_id != info.id || (m_alive && !info.alive())) {
        m_model->clear();
        m_cut = false;
        setCount(-1);
        m_problem.clear();
    }
    const bool began = info.alive() && (!m_alive || m_id != info.id);
    m_id = info.id;
    m_alive = info.alive();
    m_actions->setSandbox(m_id);
    setCurrentIndex(m_alive ? 0 : 1);
    if (info.pending())
        m_empty->setTexts(tr("Still starting"), tr("Its processes are shown once it runs."));
    else if (!m_alive)
        m_empty->setTexts(
            tr("Not running"),
            info.reason.isEmpty()
                ? tr("A stopped sandbox has no processes. Its files stay, and it can run again.")
                : tr("It stopped: %1. Its processes have ended; its files stay, and it can run "
                     "again.")
                      .arg(info.reason));
    showFoot();
    if (began && isVisible())
        ask();
}

void ProcessesTab::ask()
{
    m_next.stop();
    if (!m_alive || !isVisible() || m_asked)
        return;
    m_asked = true;
    m_parts.host.ask<sandbox::ProcessSnapshot>(
        this,
        [id = m_id](engine::Engine &engine, Callback<sandbox::ProcessSnapshot> done) {
            engine.sandboxes().processes(id, std::move(done));
        },
        [this, id = m_id](const Result<sandbox::ProcessSnapshot> &snapshot) {
            m_asked = false;
            take(id, snapshot);
        });
}

void ProcessesTab::take(const QString &id, const Result<sandbox::ProcessSnapshot> &snapshot)
{
    if (id != m_id) {
        ask();
        return;
    }
    if (!m_alive)
        return;
    m_problem = snapshot ? QString() : snapshot.error().message;
    if (snapshot) {
        m_model->apply(*snapshot);
        setCount(snapshot->total);
        m_cut = snapshot->cut;
    }
    showFoot();
    if (isVisible())
        m_next.start();
}

void ProcessesTab::setCount(int count)
{
    if (std::exchange(m_count, count) != count)
        Q_EMIT countChanged();
}

void ProcessesTab::showFoot()
{
    const int listed = m_model->rowCount();
    QStringList parts;
    if (!m_problem.isEmpty())
        parts.append(tr("not refreshed: %1").arg(m_problem));
    if (m_cut)
        parts.append(
            tr("the first %1 of %2 processes").arg(formatCount(listed), formatCount(m_count)));
    else if (listed == 0 && m_problem.isEmpty())
        parts.append(tr("reading"));
    else
        parts.append(counted(listed, tr("1 process"), tr("%1 processes")));
    if (m_filterModel->rowCount() != listed)
        parts.append(tr("%1 shown").arg(formatCount(m_filterModel->rowCount())));
    if (const auto chosen = m_table->selectedRows().size(); chosen > 0)
        parts.append(tr("%1 selected").arg(formatCount(chosen)));
    m_foot->setText(parts.join(QStringLiteral(" · ")));
}

void ProcessesTab::showEvent(QShowEvent *event)
{
    QStackedWidget::showEvent(event);
    ask();
}

void ProcessesTab::hideEvent(QHideEvent *event)
{
    QStackedWidget::hideEvent(event);
    m_next.stop();
}

void ProcessesTab::saveState(QSettings &settings) const
{
    m_table->saveState(settings, QLatin1String(ColumnsKey));
}

void ProcessesTab::restoreState(const QSettings &settings)
{
    m_table->restoreState(settings, QLatin1String(ColumnsKey));
}

} // namespace quarry::widgets
