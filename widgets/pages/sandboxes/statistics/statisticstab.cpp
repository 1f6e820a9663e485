// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/statistics/statisticstab.h"

#include "base/clock.h"
#include "widgets/charts/timeplot.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/format.h"
#include "widgets/common/segments.h"
#include "widgets/common/strip.h"
#include "widgets/pages/sandboxes/statistics/useseries.h"
#include "widgets/patterns/emptystate.h"
#include "widgets/theme/measures.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QScrollArea>
#include <QSettings>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <chrono>

namespace quarry::widgets {

using namespace std::chrono_literals;

namespace {
constexpr std::array<std::chrono::seconds, 3> ranges{1min, 15min, 1h};
constexpr auto RangeKey = "statisticsRange";
} // namespace

StatisticsTab::StatisticsTab(const UseHistory &history, ActionRegistry &actions, QWidget *parent)
    : QStackedWidget(parent), m_history(history), m_actions(actions),
      m_ranges(new Segments(tr("Time shown"), {tr("1 minute"), tr("15 minutes"), tr("1 hour")})),
      m_note(new ElidedLabel),
      m_empty(new EmptyState(QStringLiteral("overview"), tr("Nothing measured yet"), {}))
{
    addActions();
    addWidget(makePlots());
    m_empty->addAction(m_actions.action(QStringLiteral("sandbox.restart")));
    addWidget(m_empty);
    connect(m_ranges, &Segments::currentChanged, this, &StatisticsTab::refresh);
    connect(&m_history, &UseHistory::sampled, this, [this](const QString &id) {
        if (id == m_info.id)
            refresh();
    });
}

void StatisticsTab::addActions()
{
    m_actions.add({.id = QStringLiteral("statistics.copyCsv"),
                   .text = tr("Copy statistics as CSV"),
                   .shortText = tr("Copy as CSV"),
                   .icon = QStringLiteral("copy")},
                  this, [this] { QGuiApplication::clipboard()->setText(csvOf(samples())); });
    m_actions.add({.id = QStringLiteral("statistics.copyImage"),
                   .text = tr("Copy statistics as image"),
                   .shortText = tr("Copy as image"),
                   .icon = QStringLiteral("camera")},
                  this, [this] { QGuiApplication::clipboard()->setPixmap(m_plots->grab()); });
}

QWidget *StatisticsTab::makePlots()
{
    m_note->setType(Type::Small);
    m_note->setTone(Tone::TextSecondary);
    auto *tools = new Strip(measures::ToolBar);
    tools->add(m_ranges);
    tools->add(m_note, 1);
    for (const char *id : {"statistics.copyCsv", "statistics.copyImage"})
        tools->addAction(m_actions.action(QString::fromLatin1(id)), ActionButton::IconOnly,
                         ButtonKind::Flat);

    m_plots = new QWidget;
    auto *plots = new QVBoxLayout(m_plots);
    plots->setContentsMargins(0, 0, 0, 0);
    plots->setSpacing(0);
    int color = 0;
    for (const UseSeries &series : useSeries()) {
        auto *plot = new TimePlot(series.title, {}, color++);
        plot->setUnit(series.unit);
        // One moment in all of them.
        connect(plot, &TimePlot::hovered, this, [this](std::optional<double> seconds) {
            for (TimePlot *each : std::as_const(m_each))
                each->setCursor(seconds);
        });
        m_each.append(plot);
        plots->addWidget(plot, 1);
    }
    auto *scroll = new QScrollArea;
    scroll->setWidget(m_plots);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::TabFocus);
    scroll->setAccessibleName(tr("Use over time"));

    auto *whole = new QWidget;
    auto *column = new QVBoxLayout(whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(tools);
    column->addWidget(scroll, 1);
    return whole;
}

void StatisticsTab::show(const sandbox::SandboxInfo &info)
{
    const bool other = info.id != m_info.id || info.state != m_info.state;
    m_info = info;
    if (other)
        refresh();
}

QDateTime StatisticsTab::end() const
{
    const QList<UseSample> all = m_history.samples(m_info.id);
    return m_info.alive() || all.isEmpty() ? utcNow() : all.last().time;
}

QList<UseSample> StatisticsTab::samples() const
{
    return lastOf(m_history.samples(m_info.id), end(),
                  ranges[std::size_t(m_ranges->current())].count());
}

void StatisticsTab::refresh()
{
    if (!isVisible())
        return;
    const bool measured = !m_history.samples(m_info.id).isEmpty();
    setCurrentIndex(measured || m_info.alive() ? 0 : 1);
    for (const char *id : {"statistics.copyCsv", "statistics.copyImage"})
        m_actions.setEnabled(QString::fromLatin1(id), measured, tr("nothing was measured"));
    if (!measured && !m_info.alive()) {
        m_empty->setTexts(tr("Nothing measured yet"),
                          tr("CPU, memory, disk, network and processes are measured every two "
                             "seconds while the sandbox runs and is chosen here."));
        return;
    }
    const QDateTime last = end();
    m_note->setText(m_info.alive() ? QString() : tr("stopped at %1").arg(formatExact(last)));
    const QList<UseSample> shown = samples();
    const QList<UseSeries> all = useSeries();
    for (int i = 0; i < all.size(); ++i) {
        TimePlot *plot = m_each[i];
        const UseSeries &series = all[i];
        const double limit = m_info.limits.value(series.limit).effective;
        QStringList note;
        if (limit > 0)
            note.append((series.unit == PlotUnit::Cores ? tr("of %1 cores") : tr("of %1"))
                            .arg(plotValue(series.unit, limit)));
        const auto most = std::max_element(shown.begin(), shown.end(),
                                           [&](const UseSample &a, const UseSample &b) {
                                               return series.value(a) < series.value(b);
                                           });
        if (most != shown.end())
            note.append(tr("peak %1").arg(plotValue(series.unit, series.value(*most))));
        plot->setNote(note.join(QStringLiteral(" · ")));
        plot->setSpan(ranges[std::size_t(m_ranges->current())]);
        plot->setLimit(limit);
        plot->setPoints(pointsOf(shown, series, last));
        plot->setValue(shown.isEmpty() ? tr("not measured")
                                       : plotValue(series.unit, series.value(shown.last())));
    }
}

void StatisticsTab::showEvent(QShowEvent *event)
{
    QStackedWidget::showEvent(event);
    refresh();
}

void StatisticsTab::saveState(QSettings &settings) const
{
    settings.setValue(QLatin1String(RangeKey), m_ranges->current());
}

void StatisticsTab::restoreState(const QSettings &settings)
{
    m_ranges->setCurrent(
        std::clamp(settings.value(QLatin1String(RangeKey)).toInt(), 0, int(ranges.size()) - 1));
}

} // namespace quarry::widgets
