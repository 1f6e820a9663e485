// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The right side of a list-and-detail page: who it is about, what can be done, its tabs.
#pragma once

#include "widgets/theme/look.h"

#include <QWidget>

class QAction;
class QPushButton;
class QTabWidget;

namespace quarry::widgets {

class ElidedLabel;
class StateLabel;
class Strip;

class DetailPane : public QWidget
{
    Q_OBJECT
public:
    explicit DetailPane(QWidget *parent = nullptr);

    // ID is shown in full, in monospace, with a button that copies it.
    void setSubject(State state, const QString &stateText, const QString &title, const QString &id);
    // Small buttons at the right of the head.
    void addAction(QAction *action);
    // KEY is for the remembered tab and for setTabCount().
    void addTab(QWidget *content, const QString &key, const QString &title);
    // The count that follows a tab's title; negative: none.
    void setTabCount(const QString &key, int count);
    QString currentTab() const;
    void showTab(const QString &key);
    QTabWidget *tabs() const { return m_tabs; }

Q_SIGNALS:
    void currentTabChanged(const QString &key);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int indexOf(const QString &key) const;

    Strip *m_head;
    StateLabel *m_mark;
    ElidedLabel *m_title;
    ElidedLabel *m_id;
    QPushButton *m_copy;
    QTabWidget *m_tabs;
};

} // namespace quarry::widgets
