// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What models tell the workbench's tables beside the text of a cell.
#pragma once

#include <Qt>

namespace quarry::widgets {

// Qt::DisplayRole is the full value, as a reader hears it and as it is copied; the view elides.
enum TableRole {
    StateRole = Qt::UserRole + 100, // int(State): the mark before the text
    MeterRole, // double, 0…1: the use that a bar before the text shows; invalid: no bar
    IconRole, // QString: the name of the icon before the text
    SortRole, // what a sort compares, where the text does not do
};

} // namespace quarry::widgets
