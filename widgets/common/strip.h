// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A row of controls: tool bars, heads and feet of panes.
#pragma once

#include "widgets/common/actionbutton.h"
#include "widgets/theme/look.h"

#include <QList>
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
    // WIDGET is hidden while there is no room for it. Of several the last added goes first.
    void addYielding(QWidget *widget);
    ActionButton *addAction(QAction *action, ActionButton::Face face = ActionButton::IconOnly,
                            ButtonKind kind = ButtonKind::Normal);
    using QWidget::addAction;
    QWidget *addSeparator();
    void addStretch();
    void setGap(int pixels);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool event(QEvent *event) override;

private:
    // What all widgets but the yielding ones that do not fit take.
    void makeRoom();
    int widthOf(const QWidget *widget) const;

    QHBoxLayout *m_row;
    QList<QWidget *> m_yielding;
    Tone m_ground;
    Edge m_edge;
};

} // namespace quarry::widgets
