// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a page shows while it has nothing: what it is for, and the first thing to do.
#pragma once

#include <QWidget>

class QAction;
class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace quarry::widgets {

class ActionButton;

class EmptyState : public QWidget
{
    Q_OBJECT
public:
    // TITLE is a heading ("No sandboxes yet"), SENTENCE one or two sentences.
    EmptyState(const QString &icon, const QString &title, const QString &sentence,
               QWidget *parent = nullptr);

    // The first one is the primary button, and shows its shortcut.
    ActionButton *addAction(QAction *action);
    // The same by hand, below a line.
    void addShellLine(const QString &command);
    // Anything else, below that.
    void addRow(QWidget *widget);
    void setTexts(const QString &title, const QString &sentence);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_title;
    QLabel *m_sentence;
    QHBoxLayout *m_buttons;
    QVBoxLayout *m_column;
    QWidget *m_holder;
};

} // namespace quarry::widgets
