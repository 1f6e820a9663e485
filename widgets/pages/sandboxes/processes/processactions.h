// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with the chosen processes.
#pragma once

#include "engine/enginehost.h"
#include "sandbox/processes.h"

#include <QObject>

class QWidget;

namespace quarry::widgets {

class ActionRegistry;
class Notices;
class ProcessModel;

// The actions process.interrupt, .terminate, .kill, .killTree, .copyCommand and .copyPid. They
// apply to the rows that were last chosen; what ends more than those is asked about first.
class ProcessActions : public QObject
{
    Q_OBJECT
public:
    struct Parts {
        engine::EngineHost &host;
        ActionRegistry &actions;
        Notices &notices;
    };
    // All of PARTS and MODEL live as long; dialogs belong to the window of VIEW.
    ProcessActions(const Parts &parts, const ProcessModel &model, QWidget *view);

    // Whose processes the model has.
    void setSandbox(const QString &id) { m_sandbox = id; }
    // Rows of the model.
    void choose(const QList<int> &rows);

Q_SIGNALS:
    // A signal went out: how things stand has changed.
    void signalled();

private:
    void add(const char *name, const QString &text, const QString &shortText, const char *icon,
             bool danger, std::function<void()> run);
    void askAndSend(int signal, bool tree);
    void send(QList<sandbox::ProcessSignal> to, int signal, bool tree);
    void refresh();
    QList<sandbox::Process> chosen() const;
    QList<sandbox::Process> alsoEnding(bool tree) const;

    Parts m_parts;
    const ProcessModel &m_model;
    QWidget *m_view;
    QString m_sandbox;
    QList<sandbox::ProcessSignal> m_chosen; // without a signal yet
};

} // namespace quarry::widgets
