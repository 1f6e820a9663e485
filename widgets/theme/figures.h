// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Text whose digits all take the same width, so that columns of figures line up and a value that
// changes does not move what stands beside it. Qt sets a font's "tnum" feature only since 6.7.
#pragma once

#include <QFont>
#include <QString>

class QPainter;
class QRectF;

namespace quarry::widgets {

qreal figuresWidth(const QFont &font, const QString &text);

// With the painter's font and pen, vertically centred in RECT. ALIGNMENT is Qt::AlignLeft or
// Qt::AlignRight. Nothing is elided.
void paintFigures(QPainter &painter, const QRectF &rect, Qt::Alignment alignment,
                  const QString &text);

} // namespace quarry::widgets
