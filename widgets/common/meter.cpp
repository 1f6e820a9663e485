// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/meter.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/common/format.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"
#include "widgets/theme/stylepainters.h"

#include <QPainter>

namespace quarry::widgets {

namespace {
constexpr double WarningUse = 0.85;
constexpr double FailureUse = 0.95;
} // namespace

QColor meterInk(double use)
{
    if (use >= FailureUse)
        return look().state(State::Failed);
    if (use >= WarningUse)
        return look().state(State::Waiting);
    return look().color(Tone::Bar);
}

Meter::Meter(const QString &name, Meaning meaning, int width, QWidget *parent)
    : QWidget(parent), m_meaning(meaning), m_width(width)
{
    setAccessibleRole(this, QAccessible::Graphic);
    setAccessibleName(name);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Meter::setValue(double value)
{
    // What would not move a pixel is not painted.
    const bool same = qRound(value * m_width) == qRound(m_value * m_width);
    m_value = value;
    setAccessibleDescription(value < 0 ? QString() : formatPercent(value));
    if (!same)
        update();
}

QSize Meter::sizeHint() const
{
    return {m_width, measures::MeterHeight};
}

void Meter::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Look &colors = look();
    const QColor ink = m_meaning == Progress ? colors.color(Tone::Accent) : meterInk(m_value);
    if (m_meaning == Progress && m_value < 0)
        paintStripes(painter, rect(), ink, colors.color(Tone::BarTrack));
    else
        paintMeter(painter, rect(), m_value, ink, colors.color(Tone::BarTrack));
}

} // namespace quarry::widgets
