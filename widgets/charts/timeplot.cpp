// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/timeplot.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/format.h"
#include "widgets/common/strip.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

// Its header is written with Qt's keywords.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#define foreach Q_FOREACH
#include <qcustomplot.h>
#undef signals
#undef slots
#undef foreach

#include <algorithm>
#include <cmath>
#include <functional>

namespace quarry::widgets {

namespace {

constexpr int PlotHeight = 100;
constexpr int PlotMin = 54;
constexpr int HeadHeight = 28;
constexpr int FillAlpha = 38;
constexpr int Margin = 44;
constexpr int WideMargin = 60; // of words with a unit
constexpr double LimitNear = 8; // the limit is in sight once the values are this part of it

// The plot is a picture to readers, whose words are the title and the last value.
class Plot : public QCustomPlot
{
public:
    explicit Plot(std::function<void()> left) : m_left(std::move(left))
    {
        setAccessibleRole(this, QAccessible::Chart);
        setInteractions(QCP::Interactions());
        setFocusPolicy(Qt::NoFocus);
        setMinimumHeight(PlotMin);
        axisRect()->setAutoMargins(QCP::msNone);
        axisRect()->setMargins(QMargins(Margin, 8, 20, 20));
        setNoAntialiasingOnDrag(false);
    }

    QSize sizeHint() const override { return {QCustomPlot::sizeHint().width(), PlotHeight}; }
    QSize minimumSizeHint() const override { return {0, PlotMin}; }

protected:
    void leaveEvent(QEvent *event) override
    {
        QCustomPlot::leaveEvent(event);
        m_left();
    }

private:
    std::function<void()> m_left;
};

} // namespace

TimePlot::TimePlot(const QString &title, const QString &note, int series, QWidget *parent)
    : QWidget(parent), m_note(new ElidedLabel(note)), m_value(new ElidedLabel),
      m_plot(new Plot([this] { Q_EMIT hovered({}); })), m_graph(m_plot->addGraph()),
      m_limitLine(new QCPItemStraightLine(m_plot)), m_cursorLine(new QCPItemStraightLine(m_plot)),
      m_series(series)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 1); // a line
    column->setSpacing(0);
    addHead(title);
    addPlot(title);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    setSpan(m_span);
    scale();
    colour();
}

void TimePlot::addHead(const QString &title)
{
    auto *head = new Strip(HeadHeight);
    auto *name = new ElidedLabel(title);
    name->setType(Type::Small, QFont::DemiBold);
    m_note->setType(Type::Small);
    m_note->setTone(Tone::TextSecondary);
    m_value->setType(Type::Small, QFont::DemiBold);
    m_value->setAlignment(Qt::AlignRight);
    head->add(name);
    head->add(m_note, 1);
    head->add(m_value);
    layout()->addWidget(head);
}

void TimePlot::addPlot(const QString &title)
{
    m_plot->setAccessibleName(title);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTicker(QSharedPointer<QCPAxisTicker>(new QCPAxisTickerText));
        axis->setTickLabelFont(themeFont(Type::Micro));
        axis->setTickLength(0);
        axis->setSubTicks(false);
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
        axis->setTickLabelPadding(6);
    }
    m_plot->xAxis->grid()->setVisible(false);
    m_plot->yAxis->grid()->setZeroLinePen(Qt::NoPen);
    m_graph->setAdaptiveSampling(true);
    m_limitLine->setVisible(false);
    m_cursorLine->setVisible(false);
    connect(m_plot, &QCustomPlot::mouseMove, this, [this](const QMouseEvent *event) {
        const double at = m_plot->xAxis->pixelToCoord(event->position().x());
        Q_EMIT hovered(std::clamp(at, m_plot->xAxis->range().lower, 0.0));
    });
    layout()->addWidget(m_plot);
}

void TimePlot::setUnit(PlotUnit unit)
{
    m_unit = unit;
    m_plot->axisRect()->setMargins(QMargins(WideMargin, 8, 20, 20));
    scale();
}

void TimePlot::setNote(const QString &note)
{
    if (m_note->text() != note)
        m_note->setText(note);
}

void TimePlot::setSpan(std::chrono::seconds span)
{
    m_span = span;
    const auto ago = [](std::chrono::seconds age) { return tr("−%1").arg(formatAge(age)); };
    const auto seconds = double(span.count());
    auto ticker = m_plot->xAxis->ticker().staticCast<QCPAxisTickerText>();
    ticker->clear();
    // Inside of the ends, so that the words are whole.
    ticker->addTick(-seconds * 0.97, ago(span));
    ticker->addTick(-seconds / 2, ago(span / 2));
    ticker->addTick(-seconds * 0.02, tr("now"));
    m_plot->xAxis->setRange(-seconds, 0);
}

void TimePlot::setTop(double top)
{
    m_top = top;
    scale();
}

void TimePlot::setLimit(double limit)
{
    m_limit = limit;
    m_limitLine->setVisible(limit > 0);
    m_limitLine->point1->setCoords(0, limit);
    m_limitLine->point2->setCoords(1, limit);
    scale();
}

void TimePlot::scale()
{
    bool found = false;
    double largest = std::max(0.0, m_graph->getValueRange(found).upper);
    if (!found)
        largest = 0;
    if (m_limit > 0 && (m_unit == PlotUnit::Cores || m_limit <= largest * LimitNear))
        largest = std::max(largest, m_limit);
    const double top = m_top > 0 ? m_top : plotTop(m_unit, largest);
    auto ticker = m_plot->yAxis->ticker().staticCast<QCPAxisTickerText>();
    ticker->clear();
    for (const double value : {0.0, top / 2, top})
        ticker->addTick(value, plotTick(m_unit, value));
    m_plot->yAxis->setRange(0, top * 1.04);
}

void TimePlot::setSamples(const QList<double> &samples, std::chrono::milliseconds step)
{
    QList<QPointF> points;
    points.reserve(samples.size());
    const double seconds = std::chrono::duration<double>(step).count();
    for (qsizetype i = 0; i < samples.size(); ++i)
        points.append({-double(samples.size() - 1 - i) * seconds, samples[i]});
    setPoints(points);
}

void TimePlot::setPoints(const QList<QPointF> &points)
{
    QVector<QCPGraphData> graph;
    graph.reserve(points.size());
    for (const QPointF &point : points)
        graph.append({point.x(), point.y()});
    m_graph->data()->set(graph, true);
    scale();
    showHead();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void TimePlot::setValue(const QString &value)
{
    if (m_last == value)
        return;
    m_last = value;
    m_plot->setAccessibleDescription(value);
    showHead();
}

void TimePlot::setCursor(std::optional<double> seconds)
{
    m_cursor = seconds;
    m_cursorLine->setVisible(seconds.has_value());
    if (seconds) {
        m_cursorLine->point1->setCoords(*seconds, 0);
        m_cursorLine->point2->setCoords(*seconds, 1);
    }
    showHead();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

// The last value, or that at the cursor and how long ago it was.
void TimePlot::showHead()
{
    QString text = m_last;
    if (m_cursor && !m_graph->data()->isEmpty()) {
        const auto at = m_graph->data()->findBegin(*m_cursor, true);
        const auto ago = std::chrono::milliseconds(std::llround(-at->key * 1000));
        text = std::isnan(at->value)
            ? tr("not measured")
            : tr("%1 · %2 ago").arg(plotValue(m_unit, at->value), formatDuration(ago));
    }
    if (m_value->text() != text)
        m_value->setText(text);
}

void TimePlot::colour()
{
    const Look &colors = look();
    QColor line = colors.chart().value(m_series);
    m_graph->setPen(QPen(line, 1.5));
    m_cursorLine->setPen(QPen(colors.color(Tone::TextSecondary), 1));
    m_limitLine->setPen(QPen(colors.state(State::Warning), 1, Qt::DashLine));
    line.setAlpha(FillAlpha);
    m_graph->setBrush(line);
    m_plot->setBackground(colors.color(Tone::Surface));
    m_plot->yAxis->grid()->setPen(QPen(colors.color(Tone::Gridline), 1));
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis})
        axis->setTickLabelColor(colors.color(Tone::TextSecondary));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void TimePlot::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(QRect(0, height() - 1, width(), 1), look().color(Tone::Border));
}

void TimePlot::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

} // namespace quarry::widgets
