// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/server/serverpage.h"

#include "base/clock.h"
#include "widgets/charts/timeplot.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/filterentry.h"
#include "widgets/common/format.h"
#include "widgets/common/segments.h"
#include "widgets/common/strip.h"
#include "widgets/pages/server/clientmodel.h"
#include "widgets/pages/server/errormodel.h"
#include "widgets/requests/requestdetail.h"
#include "widgets/requests/requestfilter.h"
#include "widgets/pages/server/serverside.h"
#include "widgets/requests/requesttext.h"
#include "widgets/patterns/emptystate.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/measures.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace quarry::widgets {

using namespace std::chrono_literals;

namespace {

constexpr auto SplitterKey = "splitter";
constexpr auto DetailKey = "detail";
constexpr auto ColumnsKey = "columns";
constexpr auto rateSpan = 120s;
constexpr int SideMin = 400;
constexpr int SideWidth = 480;

} // namespace

ServerPage::ServerPage(ServerControl &control, ActionRegistry &actions, const QString &dataFolder,
                       QWidget *parent)
    : Page(parent), m_control(control), m_requests(new RequestModel(this)),
      m_filterModel(new RequestFilter(m_requests, this)), m_errors(new ErrorModel(this)),
      m_clients(new ClientModel(this)), m_stack(new QStackedWidget), m_splitter(new QSplitter),
      m_listSplitter(new QSplitter(Qt::Vertical)),
      m_off(new EmptyState(QStringLiteral("server"), tr("The server is off"), {})),
      m_plot(new TimePlot(tr("Requests a second"), tr("all clients"), 0)),
      m_table(new TableView(tr("Requests"))),
      m_filter(new FilterEntry(tr("Filter requests"), tr("Filter by path, client, status"))),
      m_groups(new Segments(tr("Which requests"), {tr("All"), tr("Errors")})),
      m_counts(new ElidedLabel), m_foot(new ElidedLabel), m_detail(new RequestDetail),
      m_side(new ServerSide(control, actions, {m_clients, m_errors}, dataFolder))
{
    addRequestActions(actions);
    QWidget *list = makeRequests(actions);
    for (const char *id : {"request.replay", "request.copyCurl"})
        m_detail->addAction(actions.action(QString::fromLatin1(id)));
    m_detail->hide();
    m_listSplitter->addWidget(list);
    m_listSplitter->addWidget(m_detail);
    m_listSplitter->setChildrenCollapsible(false);
    m_listSplitter->setStretchFactor(0, 1);
    list->lower(); // QSplitter puts the last one first, for readers
    QWidget *requests = m_listSplitter;
    m_side->setMinimumWidth(SideMin);
    m_splitter->addWidget(requests);
    m_splitter->addWidget(m_side);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({measures::MinWindowWidth, SideWidth});
    requests->lower();
    m_stack->addWidget(makeOff(actions));
    m_stack->addWidget(m_splitter);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_stack);
    m_plot->setSpan(rateSpan);
    connect(&m_control, &ServerControl::changed, this, &ServerPage::stateChanged);
    connect(&m_control, &ServerControl::requestsSeen, this, &ServerPage::take);
    stateChanged();
}

void ServerPage::addRequestActions(ActionRegistry &actions)
{
    m_pause = actions.add({.id = QStringLiteral("request.pause"),
                           .text = tr("Pause the list of requests"),
                           .shortText = tr("Pause"),
                           .icon = QStringLiteral("pause")},
                          this, [] { });
    m_pause->setCheckable(true);
    actions.add({.id = QStringLiteral("request.copyCurl"),
                 .text = tr("Copy request as curl"),
                 .icon = QStringLiteral("copy")},
                this, [this] { copyCurl(); });
    actions.add({.id = QStringLiteral("request.replay"),
                 .text = tr("Replay request"),
                 .shortText = tr("Replay"),
                 .icon = QStringLiteral("restart")},
                this, [this] { replay(); });
    connect(m_table, &TableView::selectedRowsChanged, this, [this, &actions] { chosen(actions); });
    chosen(actions);
}

QList<RequestRecord> ServerPage::chosenRecords() const
{
    QList<RequestRecord> records;
    for (const int row : m_table->selectedRows())
        records.append(
            m_requests->record(m_filterModel->mapToSource(m_filterModel->index(row, 0)).row()));
    return records;
}

void ServerPage::chosen(ActionRegistry &actions)
{
    const QList<RequestRecord> records = chosenRecords();
    m_detail->setVisible(records.size() == 1);
    if (records.size() == 1)
        m_detail->show(records.first());
    actions.setSubject(QStringLiteral("request"),
                       records.size() == 1 ? oneLine(targetText(records.first()), 60) : QString());
    const QString none = tr("no request is chosen");
    actions.setEnabled(QStringLiteral("request.copyCurl"), !records.isEmpty(), none);
    const bool whole = records.size() == 1 && !records.first().method.isEmpty()
        && records.first().received == records.first().requestBody.size();
    actions.setEnabled(QStringLiteral("request.replay"), whole,
                       records.isEmpty()        ? none
                           : records.size() > 1 ? tr("one at a time")
                                                : tr("only the beginning of its body was kept"));
}

void ServerPage::replay()
{
    for (const RequestRecord &record : chosenRecords()) {
        ++m_replays;
        m_control.replay(record);
    }
}

// The newest of RECORDS that was made by a replay is chosen: its answer is what was asked for.
void ServerPage::showReplayed(const QList<RequestRecord> &records)
{
    for (int i = 0; m_replays > 0 && i < records.size(); ++i) {
        const RequestRecord &record = records[records.size() - 1 - i];
        if (!record.client.endsWith(QLatin1String(ReplayAgent)))
            continue;
        m_replays = 0;
        const QModelIndex row = m_filterModel->mapFromSource(m_requests->index(i, 0));
        if (row.isValid())
            m_table->selectRow(row.row());
    }
}

QWidget *ServerPage::makeOff(ActionRegistry &actions)
{
    m_off->addAction(actions.action(QStringLiteral("server.start")));
    m_freePort = m_off->addAction(actions.action(QStringLiteral("server.startFree")));
    m_off->addShellLine(QStringLiteral("quarry serve"));
    return m_off;
}

QWidget *ServerPage::makeRequests(ActionRegistry &actions)
{
    m_table->setModel(m_filterModel);
    m_table->setColumns({{CellKind::Figures, 96},
                         {CellKind::Id, 64},
                         {CellKind::Id, 200, true},
                         {CellKind::Text, 150},
                         {CellKind::Figures, 72},
                         {CellKind::Figures, 72},
                         {CellKind::Figures, 76},
                         {CellKind::State, 72}});
    m_table->setSortingEnabled(false);
    m_table->setActions(&actions, QStringLiteral("request"));
    m_filter->setTarget(m_table);
    connect(m_filter, &QLineEdit::textChanged, m_filterModel, &RequestFilter::setText);
    connect(m_groups, &Segments::currentChanged, this,
            [this](int group) { m_filterModel->setErrorsOnly(group == 1); });

    auto *title = new ElidedLabel(tr("Requests"));
    title->setType(Type::Small, QFont::DemiBold);
    title->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    for (ElidedLabel *label : {m_counts, m_foot}) {
        label->setType(Type::Small);
        label->setTone(Tone::TextSecondary);
    }
    auto *tools = new Strip(measures::ToolBar);
    tools->add(title);
    tools->add(m_counts, 1);
    m_filter->setMinimumWidth(150);
    tools->add(m_filter, 1);
    tools->addYielding(m_groups);
    tools->addAction(m_pause);
    auto *foot = new Strip(measures::StatusStrip, Tone::Surface, Strip::LineAbove);
    foot->add(m_foot, 1);

    auto *list = new QWidget;
    list->setMinimumWidth(measures::DetailMin);
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    for (QWidget *widget : QList<QWidget *>{m_plot, tools})
        column->addWidget(widget);
    column->addWidget(m_table, 1);
    column->addWidget(foot);
    return list;
}

void ServerPage::stateChanged()
{
    const ServerControl::State state = m_control.state();
    const bool on = state == ServerControl::State::On || state == ServerControl::State::Stopping;
    if (state == ServerControl::State::On && m_shown != ServerControl::State::On) {
        m_since = utcNow();
        m_requests->clear();
        m_errors->clear();
        m_clients->clear();
        m_rates.clear();
        m_total = m_unshown = m_second = m_secondMs = 0;
        addRate(0);
        showCounts();
    }
    m_shown = state;
    m_stack->setCurrentIndex(on ? 1 : 0);
    if (on) {
        m_side->showState(m_since);
        setSubtitle(m_control.addresses().value(0));
        return;
    }
    setSubtitle(state == ServerControl::State::Starting ? tr("starting") : tr("off"));
    m_freePort->setVisible(m_control.portTaken());
    const QString where = m_control.configured().join(QStringLiteral(", "));
    m_off->setTexts(
        m_control.error().isEmpty() ? tr("The server is off") : tr("The server did not start"),
        m_control.error().isEmpty()
            ? tr("Agents, the ROCK SDK and curl reach this engine over HTTP while it is on. It "
                 "listens on %1.")
                  .arg(where)
            : m_control.error());
}

void ServerPage::take(const RequestBatch &batch)
{
    m_total += batch.count;
    m_errors->add(batch.errors);
    m_clients->add(batch.clients, utcNow());
    m_second += batch.count;
    m_secondMs += batch.span.count();
    if (m_secondMs >= 1000) {
        m_clients->tick(utcNow());
        addRate(double(m_second) * 1000 / double(m_secondMs));
        m_second = m_secondMs = 0;
    }
    if (!isVisible()) {
        m_unshown += batch.count;
        return;
    }
    const bool paused = m_pause->isChecked();
    m_unshown += batch.count - (paused ? 0 : batch.newest.size());
    if (!paused) {
        m_requests->add(batch.newest);
        showReplayed(batch.newest);
    }
    m_side->showConnections(batch.connections);
    showCounts();
}

void ServerPage::addRate(double rate)
{
    m_rates.append(rate);
    if (m_rates.size() > rateSpan.count())
        m_rates.removeFirst();
    if (!isVisible())
        return;
    m_plot->setSamples(m_rates, 1s);
    m_plot->setValue(formatCount(qRound64(rate)));
}

void ServerPage::showCounts()
{
    m_counts->setText(
        tr("%1 since %2").arg(formatCount(m_total), m_since.toLocalTime().toString(u"HH:mm")));
    m_groups->setText(1, tr("Errors %1").arg(formatCount(m_errors->total())));
    m_foot->setText(m_unshown == 0
                        ? tr("%1 listed").arg(formatCount(m_requests->rowCount()))
                        : tr("%1 listed, %2 only counted")
                              .arg(formatCount(m_requests->rowCount()), formatCount(m_unshown)));
}

void ServerPage::copyCurl() const
{
    QStringList lines;
    for (const RequestRecord &record : chosenRecords())
        lines.append(curlOf(record, m_control));
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

QList<QWidget *> ServerPage::parts()
{
    if (m_stack->currentIndex() == 0)
        return {m_off};
    if (m_detail->isVisible())
        return {m_table, m_detail, m_side};
    return {m_table, m_side};
}

bool ServerPage::focusFilter()
{
    if (m_stack->currentIndex() == 0)
        return false;
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
    return true;
}

void ServerPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    m_control.watchRequests(true);
    if (m_stack->currentIndex() == 0)
        return;
    m_plot->setSamples(m_rates, 1s);
    m_plot->setValue(formatCount(qRound64(m_rates.isEmpty() ? 0 : m_rates.last())));
    showCounts();
}

void ServerPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_control.watchRequests(false);
}

void ServerPage::saveState(QSettings &settings) const
{
    settings.setValue(QLatin1String(SplitterKey), m_splitter->saveState());
    settings.setValue(QLatin1String(DetailKey), m_listSplitter->saveState());
    m_table->saveState(settings, QLatin1String(ColumnsKey));
}

void ServerPage::restoreState(const QSettings &settings)
{
    m_splitter->restoreState(settings.value(QLatin1String(SplitterKey)).toByteArray());
    m_splitter->setChildrenCollapsible(false);
    m_listSplitter->restoreState(settings.value(QLatin1String(DetailKey)).toByteArray());
    m_listSplitter->setChildrenCollapsible(false);
    m_table->restoreState(settings, QLatin1String(ColumnsKey));
}

} // namespace quarry::widgets
