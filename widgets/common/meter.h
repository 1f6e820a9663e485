// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A small bar that shows how much of something is used or done.
#pragma once

#include <QWidget>

namespace quarry::widgets {

// The ink of a bar of use: calm, from 85 % on a warning, from 95 % a failure.
QColor meterInk(double use);

class Meter : public QWidget
{
    Q_OBJECT
public:
    enum Meaning { Use, Progress }; // only use has thresholds

    // NAME is what a reader calls it.
    Meter(const QString &name, Meaning meaning, int width, QWidget *parent = nullptr);

    // 0…1; negative: unknown, shown as an empty bar (Use) or as stripes (Progress).
    void setValue(double value);
    double value() const { return m_value; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Meaning m_meaning;
    int m_width;
    double m_value = -1;
};

} // namespace quarry::widgets
