// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/strip.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"

#include <QHBoxLayout>
#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace quarry::widgets {

namespace {

class Separator : public QWidget
{
public:
    using QWidget::QWidget;
    QSize sizeHint() const override { return {1, measures::SpaceL}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter(this).fillRect(rect(), look().color(Tone::Border));
    }
};

} // namespace

Strip::Strip(int height, Tone ground, Edge edge, QWidget *parent)
    : QWidget(parent), m_row(new QHBoxLayout(this)), m_ground(ground), m_edge(edge)
{
    setFixedHeight(height);
    m_row->setContentsMargins(measures::SpaceM, edge == LineAbove, measures::SpaceM,
                              edge == LineBelow);
    m_row->setSpacing(measures::SpaceS);
    m_row->setSizeConstraint(QLayout::SetNoConstraint);
}

void Strip::add(QWidget *widget, int stretch)
{
    m_row->addWidget(widget, stretch);
}

ActionButton *Strip::addAction(QAction *action, ActionButton::Face face, ButtonKind kind)
{
    auto *button = new ActionButton(action, face, this);
    button->setKind(kind);
    m_row->addWidget(button);
    return button;
}

void Strip::addYielding(QWidget *widget)
{
    m_row->addWidget(widget);
    m_yielding.append(widget);
}

int Strip::widthOf(const QWidget *widget) const
{
    return std::max(widget->minimumSizeHint().width(), widget->minimumWidth()) + m_row->spacing();
}

QSize Strip::minimumSizeHint() const
{
    int width = m_row->minimumSize().width();
    for (const QWidget *widget : m_yielding) {
        if (!widget->isHidden())
            width -= widthOf(widget);
    }
    return {width, height()};
}

void Strip::makeRoom()
{
    if (m_yielding.isEmpty())
        return;
    int left = width() - minimumSizeHint().width();
    for (QWidget *widget : m_yielding) {
        left -= widthOf(widget);
        if (widget->isHidden() != (left < 0))
            widget->setVisible(left >= 0);
    }
}

void Strip::resizeEvent(QResizeEvent *)
{
    makeRoom();
}

bool Strip::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest)
        makeRoom();
    return QWidget::event(event);
}

QWidget *Strip::addSeparator()
{
    auto *separator = new Separator(this);
    separator->setFixedSize(separator->sizeHint());
    m_row->addWidget(separator);
    return separator;
}

void Strip::addStretch()
{
    m_row->addStretch();
}

void Strip::setGap(int pixels)
{
    m_row->setSpacing(pixels);
}

void Strip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), look().color(m_ground));
    const QColor line = look().color(Tone::Border);
    if (m_edge == LineBelow)
        painter.fillRect(0, height() - 1, width(), 1, line);
    else if (m_edge == LineAbove)
        painter.fillRect(0, 0, width(), 1, line);
}

} // namespace quarry::widgets
