// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What this machine can do for sandboxes, and what would help.
#pragma once

#include "runtime/bubblewrap/machine.h"

#include <QThreadPool>
#include <QWidget>

#include <functional>

class QAction;

namespace quarry::widgets {

class ActionRegistry;
class CodeBlock;
class ElidedLabel;
class FindingModel;
class TableView;

struct Diagnosis {
    QList<runtime::Finding> findings;
    QString appArmorProfile; // for /etc/apparmor.d/quarry; empty: it is not in the way
};

class DoctorPane : public QWidget
{
    Q_OBJECT
public:
    // EXAMINE is called on another thread: when the pane is first shown, and when asked by the
    // action settings.examine.
    DoctorPane(std::function<Diagnosis()> examine, ActionRegistry &actions,
               QWidget *parent = nullptr);
    ~DoctorPane() override; // waits for an examination that runs

    TableView *table() const { return m_table; }
    // Failing or missed, of the last examination.
    int faults() const;

Q_SIGNALS:
    void examined();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void examine();
    void show(const Diagnosis &diagnosis);

    std::function<Diagnosis()> m_examine;
    QAction *m_again;
    FindingModel *m_model;
    TableView *m_table;
    ElidedLabel *m_verdict;
    QWidget *m_advice;
    CodeBlock *m_profile;
    QThreadPool m_pool;
    bool m_known = false;
};

} // namespace quarry::widgets
