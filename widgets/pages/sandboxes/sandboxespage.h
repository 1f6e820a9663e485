// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The page of all sandboxes and of the chosen one.
#pragma once

#include "widgets/pages/sandboxes/sandboxfilter.h"
#include "widgets/patterns/listdetailpage.h"

#include <QTimer>

namespace quarry::widgets {

class ActionRegistry;
class FilesTab;
class HistoryTab;
class LogTab;
class OverviewTab;
class ProcessesTab;
class SandboxActions;
class Segments;
class StatisticsTab;
class TerminalsTab;

class SandboxesPage : public ListDetailPage
{
    Q_OBJECT
public:
    // Tabs that need more than the sandbox itself.
    struct Tabs {
        TerminalsTab *terminals;
        FilesTab *files;
        ProcessesTab *processes;
        StatisticsTab *statistics;
        LogTab *log;
    };
    // All live as long. TABS become the page's.
    SandboxesPage(SandboxModel &model, SandboxActions &sandboxActions, ActionRegistry &actions,
                  const Tabs &tabs, QWidget *parent = nullptr);

    // Chooses it, if it is there, whatever the filter was.
    void show(const QString &id);
    // Chooses the sandbox, and opens a shell in it.
    void openShell(const QString &id);
    // Chooses the sandbox, and shows its files.
    void showFiles(const QString &id);

    // Files of sandboxes that are open, were changed and are not saved.
    int unsavedFiles() const;

    void saveState(QSettings &settings) const override;
    void restoreState(const QSettings &settings) override;

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void addTools(ActionRegistry &actions);
    void addDetail(ActionRegistry &actions);
    void chosen();
    void settleChoice();
    void choose(const QStringList &ids);
    void chooseAgain();
    void showCounts();
    void showFoot();
    void showChosen();
    void measureShown();
    QStringList chosenIds() const;

    SandboxModel &m_model;
    SandboxActions &m_actions;
    SandboxFilter *m_filterModel;
    Segments *m_groups;
    OverviewTab *m_overview;
    TerminalsTab *m_terminals;
    FilesTab *m_files;
    ProcessesTab *m_processes;
    StatisticsTab *m_statistics;
    LogTab *m_log;
    HistoryTab *m_history;
    QString m_current;
    bool m_hasChosen = false; // since the page was made
    QString m_wanted; // to be chosen when it comes
    QTimer m_measure; // once the table has come to rest
};

} // namespace quarry::widgets
