// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/log/logtab.h"

#include "widgets/common/actionregistry.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/filterentry.h"
#include "widgets/common/format.h"
#include "widgets/common/segments.h"
#include "widgets/common/strip.h"
#include "widgets/models/servercontrol.h"
#include "widgets/patterns/emptystate.h"
#include "widgets/patterns/tableview.h"
#include "widgets/requests/requestdetail.h"
#include "widgets/requests/requestfilter.h"
#include "widgets/requests/requesttext.h"
#include "widgets/theme/measures.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSettings>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace quarry::widgets {

namespace {
constexpr auto ColumnsKey = "logColumns";
constexpr auto SplitterKey = "logSplitter";
} // namespace

LogTab::LogTab(const Parts &parts, QWidget *parent)
    : QStackedWidget(parent), m_parts(parts), m_model(new RequestModel(this)),
      m_filterModel(new RequestFilter(m_model, this)), m_table(new TableView(tr("Log"))),
      m_filter(new FilterEntry(tr("Filter log"), tr("Filter by path, client, status"))),
      m_groups(new Segments(tr("Which calls"), {tr("All"), tr("Errors")})), m_foot(new ElidedLabel),
      m_detail(new RequestDetail), m_splitter(new QSplitter(Qt::Vertical))
{
    m_parts.actions.add({.id = QStringLiteral("call.copyCurl"),
                         .text = tr("Copy call as curl"),
                         .icon = QStringLiteral("copy")},
                        this, [this] {
                            QStringList lines;
                            for (const RequestRecord &record : chosenRecords())
                                lines.append(curlOf(record, m_parts.server));
                            QGuiApplication::clipboard()->setText(lines.join(u'\n'));
                        });
    m_detail->addAction(m_parts.actions.action(QStringLiteral("call.copyCurl")));
    QWidget *list = makeList();
    m_splitter->addWidget(list);
    m_splitter->addWidget(m_detail);
    list->lower(); // QSplitter puts the last one first, for readers
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({300, 260});
    addWidget(m_splitter);
    addWidget(new EmptyState(QStringLiteral("traces"), tr("No calls yet"),
                             tr("Every call of the HTTP API on this sandbox is listed here: by "
                                "agents and SDKs over the server's address, by the command line "
                                "over the unix socket. What this window does itself is no call.")));
    connect(&m_parts.log, &CallLog::told, this, &LogTab::take);
    connect(m_table, &TableView::selectedRowsChanged, this, &LogTab::chosen);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filterModel->setText(text);
        showFoot();
    });
    connect(m_groups, &Segments::currentChanged, this, [this](int group) {
        m_filterModel->setErrorsOnly(group == 1);
        showFoot();
    });
    chosen();
    setCurrentIndex(1);
}

QWidget *LogTab::makeList()
{
    m_table->setModel(m_filterModel);
    m_table->setColumns({{CellKind::Figures, 96},
                         {CellKind::Id, 64},
                         {CellKind::Id, 200, true},
                         {CellKind::Text, 120},
                         {CellKind::Figures, 68, false, false},
                         {CellKind::Figures, 68},
                         {CellKind::Figures, 72},
                         {CellKind::State, 64}});
    m_table->setSortingEnabled(false);
    m_table->setActions(&m_parts.actions, QStringLiteral("call"));
    m_filter->setTarget(m_table);
    auto *tools = new Strip(measures::ToolBar);
    tools->add(m_filter, 1);
    tools->addYielding(m_groups);
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

void LogTab::show(const sandbox::SandboxInfo &info)
{
    if (info.id == m_id)
        return;
    m_id = info.id;
    m_model->clear();
    m_total = 0;
    setCurrentIndex(1);
    if (isVisible())
        watch(m_id);
}

void LogTab::watch(const QString &id)
{
    m_parts.host.post([log = &m_parts.log, id, ticket = ++m_ticket](engine::Engine &) {
        log->watch(id, ticket);
    });
}

void LogTab::take(quint64 ticket, const QList<RequestRecord> &calls, qint64 total)
{
    if (ticket != m_ticket)
        return;
    m_total = total;
    // What is kept is told anew with each watch; what is known of it already stays, selected.
    const quint64 last = m_model->rowCount() > 0 ? m_model->record(0).serial : 0;
    const auto fresh = std::find_if(calls.begin(), calls.end(),
                                    [last](const auto &record) { return record.serial > last; });
    m_model->add(QList<RequestRecord>(fresh, calls.end()));
    setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1);
    showFoot();
}

QList<RequestRecord> LogTab::chosenRecords() const
{
    QList<RequestRecord> records;
    for (const int row : m_table->selectedRows())
        records.append(
            m_model->record(m_filterModel->mapToSource(m_filterModel->index(row, 0)).row()));
    return records;
}

void LogTab::chosen()
{
    const QList<RequestRecord> records = chosenRecords();
    m_detail->setVisible(records.size() == 1);
    if (records.size() == 1)
        m_detail->show(records.first());
    m_parts.actions.setSubject(QStringLiteral("call"),
                               records.size() == 1 ? oneLine(targetText(records.first()), 60)
                                                   : QString());
    m_parts.actions.setEnabled(QStringLiteral("call.copyCurl"), !records.isEmpty(),
                               tr("no call is chosen"));
}

void LogTab::showFoot()
{
    const int listed = m_model->rowCount();
    QStringList parts{counted(m_total, tr("1 call"), tr("%1 calls"))};
    if (m_total > listed)
        parts.append(tr("the last %1 are kept").arg(formatCount(listed)));
    if (m_filterModel->rowCount() != listed)
        parts.append(tr("%1 shown").arg(formatCount(m_filterModel->rowCount())));
    m_foot->setText(parts.join(QStringLiteral(" · ")));
}

void LogTab::showEvent(QShowEvent *event)
{
    QStackedWidget::showEvent(event);
    watch(m_id);
}

void LogTab::hideEvent(QHideEvent *event)
{
    QStackedWidget::hideEvent(event);
    watch({});
}

void LogTab::saveState(QSettings &settings) const
{
    m_table->saveState(settings, QLatin1String(ColumnsKey));
    settings.setValue(QLatin1String(SplitterKey), m_splitter->saveState());
}

void LogTab::restoreState(const QSettings &settings)
{
    m_table->restoreState(settings, QLatin1String(ColumnsKey));
    m_splitter->restoreState(settings.value(QLatin1String(SplitterKey)).toByteArray());
    m_splitter->setChildrenCollapsible(false);
}

} // namespace quarry::widgets
