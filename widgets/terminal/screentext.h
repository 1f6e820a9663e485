// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of a terminal as one text, for readers of the screen: lines joined by line feeds, without
// trailing blanks; and where each unit of it stands.
#pragma once

#include "terminal/text/lines.h"

#include <QPoint>
#include <QString>

#include <vector>

namespace quarry::widgets {

struct ScreenText {
    QString text;
    std::vector<QPoint> cells; // of each unit: its column, and its row from the first

    // The units before a place; of one behind the text of its row, the row's end.
    int offsetOf(int row, int column) const;
};

ScreenText screenText(terminal::Lines &lines, std::uint64_t first, int rows);

} // namespace quarry::widgets
