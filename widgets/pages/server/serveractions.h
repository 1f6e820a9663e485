// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with the server, from anywhere in the window.
#pragma once

#include "widgets/models/servercontrol.h"

#include <QObject>

namespace quarry::widgets {

class ActionRegistry;
class Notices;

// The actions server.start, .startFree, .stop and .copyAddress. A start that fails is a notice with
// the ways out.
class ServerActions : public QObject
{
    Q_OBJECT
public:
    // All live as long.
    ServerActions(ServerControl &control, ActionRegistry &actions, Notices &notices,
                  QObject *parent = nullptr);

private:
    void addActions();
    void refresh();

    ServerControl &m_control;
    ActionRegistry &m_actions;
    Notices &m_notices;
    quint64 m_notice = 0; // of the last failure
    QString m_told; // that failure; empty: none since the last start
};

} // namespace quarry::widgets
