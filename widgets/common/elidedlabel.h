// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A line of text that gives way when there is little room.
#pragma once

#include "widgets/theme/fonts.h"
#include "widgets/theme/look.h"

#include <QLabel>

namespace quarry::widgets {

// Plain text of one line; a reader and the tip have all of it.
class ElidedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(const QString &text = {}, QWidget *parent = nullptr);

    void setType(Type type, QFont::Weight weight = QFont::Normal);
    void setTone(Tone tone);
    void setElide(Qt::TextElideMode mode);

    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    Tone m_tone = Tone::Text;
    Qt::TextElideMode m_elide = Qt::ElideRight;
};

} // namespace quarry::widgets
