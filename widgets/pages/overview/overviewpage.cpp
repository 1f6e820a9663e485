// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/overview/overviewpage.h"

#include "base/pool.h"
#include "widgets/charts/sharebar.h"
#include "widgets/charts/timeplot.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/format.h"
#include "widgets/common/strip.h"
#include "widgets/models/machinegauge.h"
#include "widgets/models/machinehistory.h"
#include "widgets/patterns/emptystate.h"
#include "widgets/patterns/propertylist.h"
#include "widgets/patterns/tableview.h"
#include "widgets/theme/measures.h"

#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QThread>
#include <QThreadPool>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace quarry::widgets {

namespace {

constexpr std::chrono::seconds DiskEvery(60);
constexpr std::chrono::seconds DiskSoon(1);

constexpr auto SplitterKey = "splitter";
constexpr int HeadHeight = 28;
constexpr int RightMin = 380;
constexpr int MeasuredMax = 60; // rows that may be seen

Strip *makeHeading(const QString &text, ElidedLabel *more)
{
    auto *strip = new Strip(HeadHeight);
    auto *label = new ElidedLabel(text);
    label->setType(Type::Small, QFont::DemiBold);
    label->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    strip->add(label);
    if (more) {
        more->setType(Type::Small);
        more->setTone(Tone::TextSecondary);
        strip->add(more, 1);
    } else {
        strip->addStretch();
    }
    return strip;
}

double last(const QList<double> &samples)
{
    return samples.isEmpty() ? 0 : samples.last();
}

} // namespace

OverviewPage::OverviewPage(SandboxModel &model, const MachineGauge &gauge,
                           const MachineHistory &history, std::function<DiskUse()> disk,
                           ActionRegistry &actions, QWidget *parent)
    : Page(parent), m_model(model), m_gauge(gauge), m_history(history),
      m_living(new SandboxGroup(model, SandboxGroup::Living, this)),
      m_failed(new SandboxGroup(model, SandboxGroup::Failed, this)),
      m_cpu(new TimePlot(tr("CPU"), tr("%"), 0)), m_memory(new TimePlot(tr("Memory"), tr("%"), 2)),
      m_requests(new TimePlot(tr("Server"), tr("requests a second"), 1)),
      m_running(new TableView(tr("Running sandboxes"))),
      m_faults(new TableView(tr("Failed sandboxes"))), m_runningCount(new ElidedLabel),
      m_faultCount(new ElidedLabel), m_counts(new PropertyList), m_measureDisk(std::move(disk)),
      m_diskFree(new ElidedLabel), m_disk(new ShareBar(tr("Disk"))), m_stack(new QStackedWidget),
      m_splitter(new QSplitter)
{
    QWidget *running = makeList(m_running, m_living, tr("Running"), m_runningCount);
    m_running->setColumns({{CellKind::State, 170},
                           {CellKind::Id, 150},
                           {CellKind::Text, 150, true},
                           {CellKind::Meter, 88},
                           {CellKind::Meter, 112},
                           {CellKind::Figures, 72},
                           {CellKind::Figures, 80, false, false},
                           {CellKind::Figures, 80, false, false},
                           {CellKind::Text, 70, false, false},
                           {CellKind::Figures, 90, false, false},
                           {CellKind::Text, 100, false, false}});
    QWidget *right = makeRight(actions);
    m_splitter->addWidget(running);
    m_splitter->addWidget(right);
    m_splitter->setChildrenCollapsible(false);
    running->lower(); // QSplitter puts the last one first, for readers
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({840, 500});
    m_stack->addWidget(makeEmpty(actions));
    m_stack->addWidget(m_splitter);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makePlots());
    column->addWidget(m_stack, 1);
    connect(&m_history, &MachineHistory::changed, this, &OverviewPage::showHistory);
    connect(&m_model, &SandboxModel::countsChanged, this, &OverviewPage::showCounts);
    showCounts();
    m_diskTimer.setSingleShot(true);
    connect(&m_diskTimer, &QTimer::timeout, this, &OverviewPage::measureDisk);
}

QWidget *OverviewPage::makePlots()
{
    auto *plots = new QWidget;
    auto *row = new QHBoxLayout(plots);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(1);
    for (TimePlot *plot : {m_cpu, m_memory, m_requests}) {
        plot->setSpan(MachineHistory::Span);
        row->addWidget(plot, 1);
    }
    m_cpu->setTop(100);
    m_memory->setTop(100);
    return plots;
}

QWidget *OverviewPage::makeList(TableView *table, SandboxGroup *group, const QString &title,
                                ElidedLabel *count)
{
    table->setModel(group);
    table->sortByColumn(SandboxModel::AgeColumn, Qt::AscendingOrder);
    connect(table, &TableView::rowActivated, this,
            [this, group](int row) { Q_EMIT sandboxChosen(group->idAt(row)); });
    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeHeading(title, count));
    column->addWidget(table, 1);
    return list;
}

QWidget *OverviewPage::makeRight(ActionRegistry &actions)
{
    QWidget *faults = makeList(m_faults, m_failed, tr("Failed"), m_faultCount);
    m_faults->setColumns({{CellKind::State, 200, true},
                          {CellKind::Id, 130},
                          {CellKind::Text, 90, false, false},
                          {CellKind::Meter, 80, false, false},
                          {CellKind::Meter, 104, false, false},
                          {CellKind::Figures, 72},
                          {CellKind::Figures, 80, false, false},
                          {CellKind::Figures, 80, false, false},
                          {CellKind::Text, 70, false, false},
                          {CellKind::Figures, 90, false, false},
                          {CellKind::Text, 100, false, false}});
    m_counts->add(QStringLiteral("running"), tr("Running"));
    m_counts->add(QStringLiteral("starting"), tr("Starting"));
    m_counts->add(QStringLiteral("failed"), tr("Failed"));
    m_counts->add(QStringLiteral("all"), tr("All"));
    const auto strip = [&actions](std::initializer_list<const char *> ids) {
        auto *tools = new Strip(measures::ToolBar, Tone::Window, Strip::NoLine);
        for (const char *id : ids)
            tools->addAction(actions.action(QString::fromLatin1(id)), ActionButton::Text);
        tools->addStretch();
        return tools;
    };

    auto *right = new QWidget;
    right->setMinimumWidth(RightMin);
    auto *column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(faults, 1);
    column->addWidget(makeHeading(tr("Sandboxes"), nullptr));
    column->addWidget(m_counts);
    column->addWidget(strip({"sandbox.new", "server.start"}));
    column->addWidget(strip({"all.stop", "all.sweep"}));
    column->addWidget(makeHeading(tr("Disk"), m_diskFree));
    column->addWidget(m_disk);
    return right;
}

QWidget *OverviewPage::makeEmpty(ActionRegistry &actions)
{
    auto *empty
        = new EmptyState(QStringLiteral("overview"), tr("Nothing runs yet"),
                         tr("What runs, what failed and why stands here. Make a sandbox, or "
                            "start the server and let agents make theirs."));
    empty->addAction(actions.action(QStringLiteral("sandbox.new")));
    empty->addAction(actions.action(QStringLiteral("server.start")));
    empty->addAction(actions.action(QStringLiteral("all.sweep")));
    return empty;
}

void OverviewPage::showHistory()
{
    if (!isVisible())
        return;
    m_cpu->setSamples(m_history.cpu(), MachineHistory::Step);
    m_cpu->setValue(
        tr("%1 of %2 cores")
            .arg(formatPercent(m_gauge.cpu()), formatCount(QThread::idealThreadCount())));
    m_memory->setSamples(m_history.memory(), MachineHistory::Step);
    m_memory->setValue(
        tr("%1 of %2")
            .arg(formatBytes(m_gauge.memory().used), formatBytes(m_gauge.memory().total)));
    m_requests->setSamples(m_history.requests(), MachineHistory::Step);
    m_requests->setValue(
        tr("%1 requests/s").arg(formatCount(qRound64(last(m_history.requests())))));
}

void OverviewPage::showCounts()
{
    const SandboxModel::Counts counts = m_model.counts();
    m_stack->setCurrentIndex(counts.all == 0 ? 0 : 1);
    const int living = counts.running + counts.starting;
    setSubtitle(living == 0 ? tr("nothing runs") : tr("%1 running").arg(formatCount(living)));
    m_runningCount->setText(formatCount(living));
    m_faultCount->setText(formatCount(counts.failed));
    m_counts->setValue(QStringLiteral("running"), formatCount(counts.running));
    m_counts->setValue(QStringLiteral("starting"), formatCount(counts.starting));
    m_counts->setValue(QStringLiteral("failed"), formatCount(counts.failed));
    m_counts->setValue(QStringLiteral("all"), formatCount(counts.all));
    measure();
}

// The use of what is at the top of the table, while it can be seen.
void OverviewPage::measure()
{
    if (!isVisible())
        return;
    QStringList ids;
    for (int row = 0; row < std::min(m_living->rowCount(), MeasuredMax); ++row)
        ids.append(m_living->idAt(row));
    m_model.measure(ids);
}

void OverviewPage::measureDisk()
{
    if (!isVisible() || m_diskTimer.isActive())
        return;
    m_diskTimer.start(DiskEvery);
    runInPool<DiskUse>(
        *QThreadPool::globalInstance(), this,
        [measure = m_measureDisk] { return Result<DiskUse>(measure()); },
        [this](const Result<DiskUse> &use) { showDisk(*use); });
}

void OverviewPage::showDisk(const DiskUse &use)
{
    if (use.total == 0) { // the engine is about to make the folder
        m_diskTimer.start(DiskSoon);
        return;
    }
    m_diskFree->setText(
        (use.complete ? tr("%1 of %2 free") : tr("%1 of %2 free, more files than are counted"))
            .arg(formatBytes(use.free), formatBytes(use.total)));
    const auto part = [&](const QString &name, qint64 bytes) {
        return ShareBar::Part{name, formatBytes(bytes),
                              use.total > 0 ? double(bytes) / double(use.total) : 0};
    };
    const qint64 own = use.images + use.layers + use.recordings;
    m_disk->setParts({part(tr("images"), use.images), part(tr("layers"), use.layers),
                      part(tr("recordings"), use.recordings),
                      part(tr("others"), std::max<qint64>(0, use.total - use.free - own))});
}

QList<QWidget *> OverviewPage::parts()
{
    if (m_stack->currentIndex() == 0)
        return {m_stack->currentWidget()};
    return {m_running, m_faults};
}

void OverviewPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    showHistory();
    measureDisk();
    // The page that goes takes its measurements with it, later than this.
    QMetaObject::invokeMethod(this, &OverviewPage::measure, Qt::QueuedConnection);
}

void OverviewPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    m_model.measure({});
}

void OverviewPage::saveState(QSettings &settings) const
{
    settings.setValue(QLatin1String(SplitterKey), m_splitter->saveState());
}

void OverviewPage::restoreState(const QSettings &settings)
{
    m_splitter->restoreState(settings.value(QLatin1String(SplitterKey)).toByteArray());
    m_splitter->setChildrenCollapsible(false);
}

} // namespace quarry::widgets
