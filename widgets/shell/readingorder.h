// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The order in which Tab goes through the window: as one reads, not as widgets were made.
#pragma once

#include <QList>

class QWidget;

namespace quarry::widgets {

// Everything visible in ROOT, and ROOT itself, that takes the focus by Tab. Layouts and splitters
// give the order, grids by their rows; of an exclusive group only the checked button is a stop.
QList<QWidget *> tabStops(QWidget *root);

// Gives the focus to the stop after (or before) the focused widget, round the end. False: there is
// no other.
bool focusNextStop(QWidget *root, bool forward);

// When the focus is in PART, gives it to the first stop of the window after PART, or before it. To
// be called before PART is hidden.
void leavePart(QWidget *part);

} // namespace quarry::widgets
