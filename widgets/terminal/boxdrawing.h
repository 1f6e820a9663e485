// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Lines and blocks that join from cell to cell (Unicode, "Box Drawing" and "Block Elements"): drawn
// to the pixel, since a font's glyphs leave gaps.
#pragma once

#include <QColor>

class QPainter;
class QRectF;

namespace quarry::widgets {

// False: it is none of those, nothing was drawn. LINE is the thickness of a light line.
bool paintBox(QPainter &painter, const QRectF &cell, char32_t code, const QColor &ink, qreal line);

} // namespace quarry::widgets
