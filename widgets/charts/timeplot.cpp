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

namespace quarry::widgets {

namespace {

constexpr int PlotHeight = 100;
constexpr int HeadHeight = 28;
constexpr int FillAlpha = 38;

// The next of 1, 2, 5, 10, 20, … so that half of it is a round number too.
double roundTop(double value)
{
    const double power = std::pow(10, std::floor(std::log10(std::max(value, 1.0))));
    for (const double step : {1.0, 2.0, 4.0, 6.0, 8.0}) {
        if (value <= step * power)
            return std::max(2.0, step * power);
    }
    return 10 * power;
}

// Short enough for the margin.
QString tickText(double value)
{
    const auto count = qint64(std::llround(value));
    return count >= 10'000 ? TimePlot::tr("%1k").arg(formatCount(count / 1000))
                           : formatCount(count);
}

// The plot is a picture to readers, whose words are the title and the last value.
class Plot : public QCustomPlot
{
public:
    Plot()
    {
        setAccessibleRole(this, QAccessible::Chart);
        setInteractions(QCP::Interactions());
        setFocusPolicy(Qt::NoFocus);
        setFixedHeight(PlotHeight);
        axisRect()->setAutoMargins(QCP::msNone);
        axisRect()->setMargins(QMargins(44, 8, 20, 20));
        setNoAntialiasingOnDrag(false);
    }
};

} // namespace

TimePlot::TimePlot(const QString &title, const QString &unit, int series, QWidget *parent)
    : QWidget(parent), m_value(new ElidedLabel), m_plot(new Plot), m_graph(m_plot->addGraph()),
      m_series(series)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 1); // a line
    column->setSpacing(0);
    addHead(title, unit);
    addPlot(title);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setSpan(m_span);
    scale(0);
    colour();
}

void TimePlot::addHead(const QString &title, const QString &unit)
{
    auto *head = new Strip(HeadHeight);
    auto *name = new ElidedLabel(title);
    name->setType(Type::Small, QFont::DemiBold);
    auto *what = new ElidedLabel(unit);
    what->setType(Type::Small);
    what->setTone(Tone::TextSecondary);
    m_value->setType(Type::Small, QFont::DemiBold);
    m_value->setAlignment(Qt::AlignRight);
    head->add(name);
    head->add(what, 1);
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
    layout()->addWidget(m_plot);
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
    scale(top);
}

void TimePlot::scale(double largest)
{
    const double top = m_top > 0 ? m_top : roundTop(largest);
    auto ticker = m_plot->yAxis->ticker().staticCast<QCPAxisTickerText>();
    ticker->clear();
    for (const double value : {0.0, top / 2, top})
        ticker->addTick(value, tickText(value));
    m_plot->yAxis->setRange(0, top * 1.04);
}

void TimePlot::setSamples(const QList<double> &samples, std::chrono::milliseconds step)
{
    QVector<QCPGraphData> points;
    points.reserve(samples.size());
    const double seconds = std::chrono::duration<double>(step).count();
    double largest = 0;
    for (qsizetype i = 0; i < samples.size(); ++i) {
        points.append({-double(samples.size() - 1 - i) * seconds, samples[i]});
        largest = std::max(largest, samples[i]);
    }
    m_graph->data()->set(points, true);
    scale(largest);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void TimePlot::setValue(const QString &value)
{
    if (m_value->text() == value)
        return;
    m_value->setText(value);
    m_plot->setAccessibleDescription(value);
}

void TimePlot::colour()
{
    const Look &colors = look();
    QColor line = colors.chart().value(m_series);
    m_graph->setPen(QPen(line, 1.5));
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
