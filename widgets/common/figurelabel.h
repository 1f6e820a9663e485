// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A value that changes, in a place that does not.
#pragma once

#include "widgets/theme/look.h"

#include <QWidget>

namespace quarry::widgets {

// Right-aligned figures of one width. It is as wide as the widest text it has shown or expects, so
// that nothing beside it moves.
class FigureLabel : public QWidget
{
    Q_OBJECT
public:
    // WIDEST is a text as wide as any that is expected ("100 %").
    explicit FigureLabel(const QString &widest, QWidget *parent = nullptr);

    void setTone(Tone tone);
    void setText(const QString &text);
    QString text() const { return m_text; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone = Tone::Text;
    QString m_text;
    int m_width;
};

} // namespace quarry::widgets
