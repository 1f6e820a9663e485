// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A state as shape and word.
#pragma once

#include "widgets/theme/look.h"

#include <QWidget>

namespace quarry::widgets {

class StateLabel : public QWidget
{
    Q_OBJECT
public:
    enum Face { Plain, Badge, MarkOnly }; // a Badge has the state's soft ground

    explicit StateLabel(Face face = Plain, QWidget *parent = nullptr);

    // WORD is what the state is called here ("failed · out of memory"); empty: the state's own.
    void setState(State state, const QString &word = {});

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Face m_face;
    State m_state = State::Stopped;
    QString m_word;
};

} // namespace quarry::widgets
