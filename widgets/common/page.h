// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A page of the workbench: what the rail leads to.
#pragma once

#include <QString>
#include <QWidget>

#include <functional>

class QSettings;

namespace quarry::widgets {

// The window shows one page at a time. A hidden page must cost nothing: stop timers and
// subscriptions in hideEvent().
class Page : public QWidget
{
    Q_OBJECT
public:
    using QWidget::QWidget;

    // What F6 goes through, in reading order; each takes the focus or has a child that does.
    virtual QList<QWidget *> parts() { return {this}; }
    // Ctrl+F. False: the page has no filter.
    virtual bool focusFilter() { return false; }
    // Splitters, columns, sort, selection, open tabs. The group of SETTINGS is the page's own.
    virtual void saveState(QSettings &settings) const;
    virtual void restoreState(const QSettings &settings);

    // Beside the page's title: "14 running · 2 failed".
    QString subtitle() const { return m_subtitle; }

Q_SIGNALS:
    void subtitleChanged();
    // A person chose something that saveState() keeps and that a crash must not lose.
    void choiceChanged();

protected:
    void setSubtitle(const QString &subtitle);

private:
    QString m_subtitle;
};

// How a page is told to the window; it is made when it is first shown.
struct PageSpec {
    QString id; // "sandboxes"
    QString title; // "Sandboxes"
    QString icon;
    bool atBottom = false; // of the rail, as Settings is
    std::function<Page *()> make; // the window becomes its parent
};

} // namespace quarry::widgets
