// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to everything at once: stop what runs, clean up what dead programs left.
#pragma once

#include "engine/enginehost.h"

#include <QObject>

class QWidget;

namespace quarry::widgets {

class ActionRegistry;
class ActivityModel;
class Notices;
class SandboxModel;

// The actions all.stop and all.sweep. Each asks once, and says before what it would do.
class Housekeeping : public QObject
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
    Housekeeping(const Parts &parts, QWidget *dialogParent);

private:
    void refresh();
    void askStop();
    void stop(const QStringList &ids);
    void lookForLeaks();
    void askSweep(const QStringList &leaks);
    void sweep();
    void fail(const QString &message);
    QStringList living() const;

    Parts m_parts;
    QWidget *m_dialogParent;
};

} // namespace quarry::widgets
