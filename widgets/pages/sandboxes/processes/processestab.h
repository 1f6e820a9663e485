// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The tab of the chosen sandbox's processes: read every two seconds while it is seen, by nobody
// otherwise.
#pragma once

#include "widgets/pages/sandboxes/processes/processactions.h"

#include <QStackedWidget>
#include <QTimer>

class QSettings;

namespace quarry::widgets {

class ElidedLabel;
class EmptyState;
class FilterEntry;
class ProcessFilter;
class TableView;

class ProcessesTab : public QStackedWidget
{
    Q_OBJECT
public:
    // All of PARTS live as long; the registry has sandbox.restart already.
    explicit ProcessesTab(const ProcessActions::Parts &parts, QWidget *parent = nullptr);

    void show(const sandbox::SandboxInfo &info);
    using QWidget::show;
    int count() const { return m_count; } // as last read; -1: they were not

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);

Q_SIGNALS:
    void countChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeList();
    void ask();
    void take(const QString &id, const Result<sandbox::ProcessSnapshot> &snapshot);
    void setCount(int count);
    void showFoot();

    ProcessActions::Parts m_parts;
    ProcessModel *m_model;
    ProcessFilter *m_filterModel;
    TableView *m_table;
    FilterEntry *m_filter;
    ElidedLabel *m_foot;
    EmptyState *m_empty;
    ProcessActions *m_actions;
    QString m_id;
    QString m_problem; // why the last snapshot did not come
    QTimer m_next;
    int m_count = -1;
    bool m_cut = false; // there are more than are listed
    bool m_alive = false;
    bool m_asked = false; // the answer is on its way
};

} // namespace quarry::widgets
