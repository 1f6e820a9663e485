// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every step as a cell: action, reward, where one stands. Lays out what is seen alone.
#pragma once

#include "widgets/pages/gem/openepisode.h"

#include <QAbstractScrollArea>

namespace quarry::widgets {

// The arrows, Home and End move along it; a click or a drag goes to a step.
class StepStrip : public QAbstractScrollArea
{
    Q_OBJECT
public:
    // EPISODE lives as long.
    explicit StepStrip(const OpenEpisode &episode, QWidget *parent = nullptr);

    // After the episode has changed.
    void refresh();
    void setCurrent(qsizetype step);
    qsizetype current() const { return m_current; }
    // Where a comparison found a difference; 0: none.
    void setMarked(qsizetype step);
    // Cells painted since the start, for tests.
    qint64 painted() const { return m_painted; }

    QSize sizeHint() const override { return {400, 76}; }
    QSize minimumSizeHint() const override { return {120, 76}; }

Q_SIGNALS:
    void stepChosen(qsizetype step);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void choose(double x);
    void paintCells(QPainter &painter);
    void paintCell(QPainter &painter, qsizetype step);

    const OpenEpisode &m_episode;
    int m_cellWidth = 1; // set by refresh()
    qsizetype m_current = 0;
    qsizetype m_marked = 0;
    qint64 m_painted = 0;
};

// An action as a cell can show it: arrows for directions, otherwise what is in the box.
QString shortAction(const QString &action);

} // namespace quarry::widgets
