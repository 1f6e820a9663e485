// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// F6: from one part of the window to the next.
#pragma once

#include <QList>

class QWidget;

namespace quarry::widgets {

// Gives the focus to the part after (or before) the one that has it, round the end. Parts that are
// hidden or have nothing to focus are passed over. A part that had the focus gets it back where it
// was last.
void focusNextPart(const QList<QWidget *> &parts, bool forward);

// The first stop of PART, or the one that had the focus last. False: it has none.
bool focusPart(QWidget *part);

} // namespace quarry::widgets
