// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with sandboxes, from anywhere in the window.
#pragma once

#include "engine/enginehost.h"

#include <QObject>
#include <QStringList>

class QWidget;

namespace quarry::widgets {

class ActionRegistry;
class ActivityModel;
class Commits;
class Notices;
class SandboxModel;

// The actions sandbox.new, .shell, .copyId, .commit, .restart, .stop and .delete. Those but the
// first apply to the sandboxes that were last chosen, are off where they cannot help and say why.
class SandboxActions : public QObject
{
    Q_OBJECT
public:
    struct Parts {
        engine::EngineHost &host;
        SandboxModel &model;
        ActionRegistry &actions;
        ActivityModel &activity;
        Notices &notices;
    };
    // All of PARTS live as long; DIALOGPARENT is the window.
    SandboxActions(const Parts &parts, QWidget *dialogParent);

    void choose(const QStringList &ids);

    void stop(const QStringList &ids);
    void restart(const QStringList &ids);
    // Living ones are stopped first; a person has been asked.
    void remove(const QStringList &ids);

Q_SIGNALS:
    void created(const QString &id);
    void shellRequested(const QString &id);

private:
    void addActions();
    void refresh();
    void openForm(const QString &image = {});
    void askRemove();
    void copyIds() const;
    template <typename T>
    void work(const QString &text, const QString &id,
              std::function<void(engine::Engine &, Callback<T>)> call);

    Parts m_parts;
    QWidget *m_dialogParent;
    Commits *m_commits;
    QStringList m_chosen;
};

} // namespace quarry::widgets
