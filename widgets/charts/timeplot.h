// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One value over the last minutes, up to now.
#pragma once

#include "widgets/charts/plotscale.h"

#include <QList>
#include <QPointF>
#include <QWidget>

#include <chrono>
#include <optional>

class QCPItemStraightLine;
class QCustomPlot;
class QCPGraph;

namespace quarry::widgets {

class ElidedLabel;

// A head with a title and the last value, and the line below it. A reader finds a chart of that
// title, whose description is the last value.
class TimePlot : public QWidget
{
    Q_OBJECT
public:
    // SERIES chooses the colour among the theme's of charts. NOTE stands beside the title.
    TimePlot(const QString &title, const QString &note, int series, QWidget *parent = nullptr);

    // Of the axis; a count otherwise.
    void setUnit(PlotUnit unit);
    void setNote(const QString &note);
    // What the left end is ago.
    void setSpan(std::chrono::seconds span);
    // The upper end of the scale; 0: what the samples need.
    void setTop(double top);
    // A line across, at what the values may not pass; 0: none. It does not press the values to the
    // ground: the scale holds it once they come near.
    void setLimit(double limit);
    // Newest last, one every STEP.
    void setSamples(const QList<double> &samples, std::chrono::milliseconds step);
    // Oldest first: seconds from now, so none above 0, and the value there. A value that is not a
    // number parts the line.
    void setPoints(const QList<QPointF> &points);
    // The last value with its unit.
    void setValue(const QString &value);
    // Marks a time, in seconds from now, and shows the value there in place of the last one.
    void setCursor(std::optional<double> seconds);
    using QWidget::setCursor;

Q_SIGNALS:
    // Where the pointer is; nowhere: it has left.
    void hovered(std::optional<double> seconds);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void addHead(const QString &title);
    void addPlot(const QString &title);
    void colour();
    void scale();
    void showHead();

    ElidedLabel *m_note;
    ElidedLabel *m_value;
    QCustomPlot *m_plot;
    QCPGraph *m_graph;
    QCPItemStraightLine *m_limitLine;
    QCPItemStraightLine *m_cursorLine;
    int m_series;
    PlotUnit m_unit = PlotUnit::Count;
    std::chrono::seconds m_span{120};
    double m_top = 0;
    double m_limit = 0;
    QString m_last; // value
    std::optional<double> m_cursor;
};

} // namespace quarry::widgets
