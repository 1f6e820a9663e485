// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A row of controls: tool bars, heads and feet of panes.
#pragma once

#include "widgets/common/actionbutton.h"
#include "widgets/theme/look.h"

#include <QWidget>

class QHBoxLayout;

namespace quarry::widgets {

// Of a fixed height, with a line below or above it.
class Strip : public QWidget
{
    Q_OBJECT
public:
    enum Edge { LineBelow, LineAbove, NoLine };

    explicit Strip(int height, Tone ground = Tone::Window, Edge edge = LineBelow,
                   QWidget *parent = nullptr);

    void add(QWidget *widget, int stretch = 0);
    ActionButton *addAction(QAction *action, ActionButton::Face face = ActionButton::IconOnly,
                            ButtonKind kind = ButtonKind::Normal);
    using QWidget::addAction;
    void addSeparator();
    void addStretch();
    void setGap(int pixels);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QHBoxLayout *m_row;
    Tone m_ground;
    Edge m_edge;
};

} // namespace quarry::widgets
