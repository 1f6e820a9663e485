// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A key as it is printed on a keyboard: "Ctrl+K".
#pragma once

#include <QKeySequence>
#include <QWidget>

class QPainter;

namespace quarry::widgets {

// The width that paintKeyHint() takes.
int keyHintWidth(const QString &text);
// From RECT's right edge to the left, vertically centred.
void paintKeyHint(QPainter &painter, const QRect &rect, const QString &text);

class KeyHint : public QWidget
{
    Q_OBJECT
public:
    explicit KeyHint(const QKeySequence &keys, QWidget *parent = nullptr);
    explicit KeyHint(const QString &text, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
};

} // namespace quarry::widgets
