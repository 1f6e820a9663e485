// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The inks of boards, beside those of the theme: walls, tiles, disks.
#pragma once

#include "widgets/theme/look.h"

#include <QColor>
#include <QList>

namespace quarry::widgets {

struct BoardColors {
    explicit BoardColors(const Look &look);

    const Look &look;
    QColor floor, floorLine; // of a room, and of what is not a cell
    QColor paper, line, ink, quiet; // cells to write in
    QColor tile, tileHigh, tileLow; // raised
    QColor accent, soft;
    QColor badInk;
    QColor wood;
    QColor onHue; // letters on hues
    QList<QColor> hues; // eight, of pegs and disks
    QList<QColor> mines; // of the digits 1 to 8
    QList<QColor> ramp; // of 2, 4, 8, … 2048

    // Black or white, whichever is read better on GROUND.
    static QColor inkOn(const QColor &ground);
};

} // namespace quarry::widgets
