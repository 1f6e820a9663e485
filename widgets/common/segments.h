// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A choice between a few views of the same thing: "All 31 | Running 14 | Failed 2".
#pragma once

#include <QList>
#include <QString>
#include <QWidget>

class QButtonGroup;

namespace quarry::widgets {

// One stop for Tab; the arrows move in it.
class Segments : public QWidget
{
    Q_OBJECT
public:
    // NAME is what a reader calls the group.
    Segments(const QString &name, const QStringList &texts, QWidget *parent = nullptr);

    int current() const;
    void setCurrent(int index);
    // A count may follow a text, and change.
    void setText(int index, const QString &text);
    // What a reader says where the texts are signs ("4×").
    void setNames(const QStringList &names);

Q_SIGNALS:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QButtonGroup *m_group;
};

} // namespace quarry::widgets
