// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The first page: what runs, what failed and why, what the machine does.
#pragma once

#include "widgets/common/page.h"
#include "widgets/models/diskuse.h"
#include "widgets/pages/overview/sandboxgroup.h"

class QSplitter;
class QStackedWidget;

#include <QTimer>

#include <functional>

namespace quarry::widgets {

class ActionRegistry;
class ElidedLabel;
class EmptyState;
class MachineGauge;
class MachineHistory;
class PropertyList;
class ShareBar;
class Strip;
class TableView;
class TimePlot;

class OverviewPage : public Page
{
    Q_OBJECT
public:
    // All live as long. DISK blocks; it is called in a pool while the page is shown.
    OverviewPage(SandboxModel &model, const MachineGauge &gauge, const MachineHistory &history,
                 std::function<DiskUse()> disk, ActionRegistry &actions, QWidget *parent = nullptr);

    QList<QWidget *> parts() override;
    void saveState(QSettings &settings) const override;
    void restoreState(const QSettings &settings) override;

Q_SIGNALS:
    // A person wants to see this sandbox.
    void sandboxChosen(const QString &id);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makePlots();
    QWidget *makeList(TableView *table, SandboxGroup *group, const QString &title,
                      ElidedLabel *count);
    QWidget *makeRight(ActionRegistry &actions);
    QWidget *makeEmpty(ActionRegistry &actions);
    void showHistory();
    void showCounts();
    void measure();
    void measureDisk();
    void showDisk(const DiskUse &use);

    SandboxModel &m_model;
    const MachineGauge &m_gauge;
    const MachineHistory &m_history;
    SandboxGroup *m_living;
    SandboxGroup *m_failed;
    TimePlot *m_cpu;
    TimePlot *m_memory;
    TimePlot *m_requests;
    TableView *m_running;
    TableView *m_faults;
    ElidedLabel *m_runningCount;
    ElidedLabel *m_faultCount;
    PropertyList *m_counts;
    const std::function<DiskUse()> m_measureDisk;
    ElidedLabel *m_diskFree;
    ShareBar *m_disk;
    QTimer m_diskTimer; // from an answer to the next question
    QStackedWidget *m_stack;
    QSplitter *m_splitter;
};

} // namespace quarry::widgets
