// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One value over the last minutes, up to now.
#pragma once

#include <QList>
#include <QWidget>

#include <chrono>

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
    // SERIES chooses the colour among the theme's of charts. UNIT stands beside the title.
    TimePlot(const QString &title, const QString &unit, int series, QWidget *parent = nullptr);

    // What the left end is ago.
    void setSpan(std::chrono::seconds span);
    // The upper end of the scale; 0: what the samples need.
    void setTop(double top);
    // Newest last, one every STEP.
    void setSamples(const QList<double> &samples, std::chrono::milliseconds step);
    // The last value with its unit.
    void setValue(const QString &value);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void addHead(const QString &title, const QString &unit);
    void addPlot(const QString &title);
    void colour();
    void scale(double largest);

    ElidedLabel *m_value;
    QCustomPlot *m_plot;
    QCPGraph *m_graph;
    int m_series;
    std::chrono::seconds m_span{120};
    double m_top = 0;
};

} // namespace quarry::widgets
