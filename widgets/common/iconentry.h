// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A line of input that starts with a sign for what it is.
#pragma once

#include "widgets/theme/fonts.h"
#include "widgets/theme/measures.h"

#include <QLineEdit>

namespace quarry::widgets {

// The sign is painted, not a button as QLineEdit::addAction() makes one: a reader would find a
// control without use.
class IconEntry : public QLineEdit
{
    Q_OBJECT
public:
    explicit IconEntry(const QString &icon, QWidget *parent = nullptr);

    // The sign is larger beside a title's letters.
    void setType(Type type);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_icon;
    int m_size = measures::IconSmall;
};

} // namespace quarry::widgets
