// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/stepplot.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/style.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace quarry::widgets {

namespace {

constexpr double leftMargin = 44;
constexpr double rightMargin = 56; // for the value at the cursor
constexpr double topMargin = 10;
constexpr double bottomMargin = 20;

QString shortNumber(double value)
{
    QString text = QString::number(value, 'g', 3);
    return text.replace(u'-', u'−');
}

} // namespace

StepPlot::StepPlot(const QString &name, QWidget *parent) : QWidget(parent)
{
    setAccessibleRole(this, QAccessible::Chart);
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void StepPlot::setValues(const QList<double> &values)
{
    m_values = values;
    measure();
}

void StepPlot::setOther(const QList<double> &values)
{
    m_other = values;
    measure();
}

void StepPlot::setCursor(qsizetype step)
{
    m_cursor = step;
    if (step >= 0 && step < m_values.size())
        setAccessibleDescription(tr("%1 after step %2").arg(shortNumber(m_values[step])).arg(step));
    update();
}

void StepPlot::measure()
{
    m_low = 0;
    m_high = 0;
    for (const QList<double> *values : {&m_values, &m_other}) {
        for (const double value : *values) {
            m_low = std::min(m_low, value);
            m_high = std::max(m_high, value);
        }
    }
    if (m_high - m_low < 0.1)
        m_high = m_low + 1;
    update();
}

QRectF StepPlot::plotRect() const
{
    return QRectF(rect()).adjusted(leftMargin, topMargin, -rightMargin, -bottomMargin);
}

qsizetype StepPlot::lastStep() const
{
    return std::max<qsizetype>({m_values.size() - 1, m_other.size() - 1, 1});
}

double StepPlot::xOf(qsizetype step) const
{
    const QRectF plot = plotRect();
    return plot.x() + plot.width() * double(step) / double(lastStep());
}

double StepPlot::yOf(double value) const
{
    const QRectF plot = plotRect();
    return plot.bottom() - plot.height() * (value - m_low) / (m_high - m_low);
}

void StepPlot::paintScale(QPainter &painter) const
{
    const Look &colors = look();
    const QRectF plot = plotRect();
    painter.setFont(themeFont(Type::Micro));
    for (const double value : {m_low, (m_low + m_high) / 2, m_high}) {
        const double y = std::round(yOf(value)) + .5;
        painter.setPen(colors.color(Tone::Gridline));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(colors.color(Tone::TextSecondary));
        painter.drawText(QRectF(0, y - 8, leftMargin - 6, 16), Qt::AlignRight | Qt::AlignVCenter,
                         shortNumber(value));
    }
    for (const qsizetype step : {qsizetype(0), lastStep() / 2, lastStep()})
        painter.drawText(QRectF(xOf(step) - 40, plot.bottom() + 4, 80, 16), Qt::AlignCenter,
                         QString::number(step));
}

// Of the steps that share a pixel, the least and the largest.
void StepPlot::paintLine(QPainter &painter, const QList<double> &values, const QPen &pen) const
{
    if (values.isEmpty())
        return;
    const auto pixels = std::max<qsizetype>(1, qsizetype(plotRect().width()));
    const qsizetype each = std::max<qsizetype>(1, values.size() / pixels);
    QPolygonF line;
    for (qsizetype first = 0; first < values.size(); first += each) {
        const qsizetype end = std::min(first + each, values.size());
        const auto [least, most]
            = std::minmax_element(values.begin() + first, values.begin() + end);
        line.append({xOf(first), yOf(*least)});
        if (most != least)
            line.append({xOf(first), yOf(*most)});
    }
    painter.setPen(pen);
    painter.drawPolyline(line);
}

void StepPlot::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Look &colors = look();
    painter.fillRect(rect(), colors.color(Tone::Surface));
    paintScale(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    paintLine(painter, m_other, QPen(colors.chart().value(1), 1.5, Qt::DashLine));
    paintLine(painter, m_values, QPen(colors.chart().value(0), 2));
    if (m_cursor < 0 || m_cursor >= m_values.size())
        return;
    const QPointF at(xOf(m_cursor), yOf(m_values[m_cursor]));
    const QRectF plot = plotRect();
    painter.setPen(QPen(colors.color(Tone::TextSecondary), 1, Qt::DotLine));
    painter.drawLine(QPointF(at.x(), plot.top()), QPointF(at.x(), plot.bottom()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.chart().value(0));
    painter.drawEllipse(at, 3.5, 3.5);
    painter.setFont(themeFont(Type::Micro, QFont::DemiBold));
    painter.setPen(colors.color(Tone::Text));
    painter.drawText(QRectF(at.x() + 8, at.y() - 8, rightMargin - 10, 16),
                     Qt::AlignLeft | Qt::AlignVCenter, shortNumber(m_values[m_cursor]));
}

void StepPlot::choose(double x)
{
    const QRectF plot = plotRect();
    if (m_values.size() < 2 || plot.width() < 1)
        return;
    const double share = std::clamp((x - plot.x()) / plot.width(), 0.0, 1.0);
    Q_EMIT stepChosen(
        std::min(qsizetype(std::llround(share * double(lastStep()))), m_values.size() - 1));
}

void StepPlot::mousePressEvent(QMouseEvent *event)
{
    choose(event->position().x());
}

void StepPlot::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        choose(event->position().x());
}

void StepPlot::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        update();
}

} // namespace quarry::widgets
