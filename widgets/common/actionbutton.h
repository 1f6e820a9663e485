// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A button for an action of the registry.
#pragma once

#include "widgets/theme/buttonkind.h"

#include <QPointer>
#include <QPushButton>

class QAction;

namespace quarry::widgets {

// Follows its action's text, icon, enabled and checked state. Its accessible name is the action's
// text also where it shows the icon alone; the tip has the shortcut, or why the action is disabled.
class ActionButton : public QPushButton
{
    Q_OBJECT
public:
    enum Face { Text, IconOnly, TextOnly };

    // TEXT shows the action's short text. Works for as long as ACTION lives, then is disabled.
    explicit ActionButton(QAction *action, Face face = Text, QWidget *parent = nullptr);

    void setKind(ButtonKind kind);

private:
    void follow();

    QPointer<QAction> m_action;
    Face m_face;
};

} // namespace quarry::widgets
