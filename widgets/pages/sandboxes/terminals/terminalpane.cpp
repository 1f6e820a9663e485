// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/terminals/terminalpane.h"

#include "widgets/pages/sandboxes/terminals/terminalframe.h"
#include "widgets/theme/style.h"

#include <QPainter>
#include <QStackedLayout>

#include <utility>

namespace quarry::widgets {

TerminalPane::TerminalPane(QWidget *parent)
    : QWidget(parent), m_stack(new QStackedLayout(this)), m_nothing(new QWidget)
{
    m_stack->setContentsMargins(0, 1, 0, 0);
    m_stack->addWidget(m_nothing);
}

void TerminalPane::show(TerminalFrame *frame)
{
    if (frame && m_stack->indexOf(frame) < 0)
        m_stack->addWidget(frame);
    m_stack->setCurrentWidget(frame ? static_cast<QWidget *>(frame) : m_nothing);
}

TerminalFrame *TerminalPane::frame() const
{
    return qobject_cast<TerminalFrame *>(m_stack->currentWidget());
}

LiveTerminal *TerminalPane::terminal() const
{
    return frame() ? frame()->terminal() : nullptr;
}

void TerminalPane::setCurrent(bool current)
{
    if (std::exchange(m_current, current) != current)
        update();
}

void TerminalPane::focusTerminal()
{
    if (frame())
        frame()->focusTerminal();
}

void TerminalPane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), look().color(Tone::Surface));
    painter.fillRect(0, 0, width(), 1, look().color(m_current ? Tone::Accent : Tone::Border));
}

} // namespace quarry::widgets
