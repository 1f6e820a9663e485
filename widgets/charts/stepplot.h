// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Values over steps: one line, another to compare it with, and where one stands.
#pragma once

#include <QList>
#include <QWidget>

namespace quarry::widgets {

// A reader finds a chart of that name, described by the value at the cursor. Paints what a pixel
// can show, however many steps there are.
class StepPlot : public QWidget
{
    Q_OBJECT
public:
    explicit StepPlot(const QString &name, QWidget *parent = nullptr);

    // From step 0 on.
    void setValues(const QList<double> &values);
    qsizetype count() const { return m_values.size(); }
    // Dashed; empty: none.
    void setOther(const QList<double> &values);
    void setCursor(qsizetype step);
    using QWidget::setCursor;

    QSize sizeHint() const override { return {320, 130}; }
    QSize minimumSizeHint() const override { return {120, 80}; }

Q_SIGNALS:
    void stepChosen(qsizetype step);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QRectF plotRect() const;
    qsizetype lastStep() const;
    double xOf(qsizetype step) const;
    double yOf(double value) const;
    void measure();
    void choose(double x);
    void paintLine(QPainter &painter, const QList<double> &values, const QPen &pen) const;
    void paintScale(QPainter &painter) const;

    QList<double> m_values;
    QList<double> m_other;
    qsizetype m_cursor = 0;
    double m_low = 0;
    double m_high = 1;
};

} // namespace quarry::widgets
