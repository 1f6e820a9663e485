// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The tab of what the chosen sandbox has used over time, each against its limit.
#pragma once

#include "sandbox/sandboxinfo.h"

#include <QList>
#include <QStackedWidget>

class QSettings;

namespace quarry::widgets {

class ActionRegistry;
class ElidedLabel;
class EmptyState;
class Segments;
class TimePlot;
class UseHistory;
struct UseSample;

class StatisticsTab : public QStackedWidget
{
    Q_OBJECT
public:
    // All live as long; the registry has sandbox.restart already. Adds the actions statistics.…
    StatisticsTab(const UseHistory &history, ActionRegistry &actions, QWidget *parent = nullptr);

    void show(const sandbox::SandboxInfo &info);
    using QWidget::show;

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void addActions();
    QWidget *makePlots();
    void refresh();
    // Of the chosen range, which ends now, or where a stopped one was last measured.
    QList<UseSample> samples() const;
    QDateTime end() const;

    const UseHistory &m_history;
    ActionRegistry &m_actions;
    Segments *m_ranges;
    ElidedLabel *m_note;
    QWidget *m_plots = nullptr; // all of them
    QList<TimePlot *> m_each; // as useSeries()
    EmptyState *m_empty;
    sandbox::SandboxInfo m_info;
};

} // namespace quarry::widgets
