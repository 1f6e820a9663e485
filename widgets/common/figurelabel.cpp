// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/figurelabel.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/theme/figures.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/style.h"

#include <QPainter>

#include <algorithm>

namespace quarry::widgets {

FigureLabel::FigureLabel(const QString &widest, QWidget *parent) : QWidget(parent)
{
    setAccessibleRole(this, QAccessible::StaticText);
    setFont(themeFont(Type::Small));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_width = int(figuresWidth(QWidget::font(), widest)) + 1;
}

void FigureLabel::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void FigureLabel::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    setAccessibleName(text);
    const int width = int(figuresWidth(QWidget::font(), text)) + 1;
    if (width > m_width) {
        m_width = width;
        updateGeometry();
    }
    update();
}

QSize FigureLabel::sizeHint() const
{
    return {m_width, QFontMetrics(QWidget::font()).height() + 2};
}

void FigureLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(look().color(m_tone));
    paintFigures(painter, rect(), Qt::AlignRight, m_text);
}

} // namespace quarry::widgets
