// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The small shapes that tell a state without its colour.
#pragma once

#include "widgets/theme/look.h"

class QPainter;
class QRectF;

namespace quarry::widgets {

// A triangle for running, a ring with a filled quarter for waiting, a square with a cross for
// failed, a hollow square for stopped, a disc with a tick for success, a triangle with a bar for
// warning. RECT is square; the design's size is 12. GROUND is what lies behind, for the inner
// signs.
void paintStateMark(QPainter &painter, const QRectF &rect, State state, const QColor &ink,
                    const QColor &ground);

// "running", "waiting", "failed", "stopped", "done", "warning", translated.
QString stateWord(State state);

} // namespace quarry::widgets
