// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A line of input that starts with a sign for what it is.
#pragma once

#include <QLineEdit>

namespace quarry::widgets {

// The sign is painted, not a button as QLineEdit::addAction() makes one: a reader would find a
// control without use.
class IconEntry : public QLineEdit
{
    Q_OBJECT
public:
    explicit IconEntry(const QString &icon, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_icon;
};

} // namespace quarry::widgets
