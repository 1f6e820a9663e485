// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Draws a game's board, and says it in words.
#pragma once

#include "widgets/boards/boardscene.h"

class QPainter;
class QRectF;

namespace quarry::widgets {

// As large as fits AREA, in its middle, cells on whole pixels of the device. In the look that is
// shown. Nothing is painted outside of AREA.
void paintBoard(QPainter &painter, const QRectF &area, const BoardScene &scene);
// For who cannot see it: "Row 1: wall, player, floor. …"
QString boardInWords(const BoardScene &scene);

} // namespace quarry::widgets
