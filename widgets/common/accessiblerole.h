// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Gives a widget of our own the role that a screen reader should say.
#pragma once

#include <QAccessible>

class QWidget;

namespace quarry::widgets {

// For widgets that have no richer accessible interface of Qt's: plain ones, frames, labels. To be
// called before a reader has asked for the widget, best in its constructor.
void setAccessibleRole(QWidget *widget, QAccessible::Role role);

// Lets a reader say TEXT once, in the name of WIDGET, which keeps the focus it has.
void announce(QWidget *widget, const QString &text);

} // namespace quarry::widgets
