// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the values of a plot are: how they are written, and where their axis ends. Pure.
#pragma once

#include <QString>

namespace quarry::widgets {

enum class PlotUnit { Count, Cores, Bytes, ByteRate };

// "1.40", "512 MiB", "1.2 MiB/s", "17": a value beside a plot.
QString plotValue(PlotUnit unit, double value);
// The same for the margin: as short as it can be.
QString plotTick(PlotUnit unit, double value);
// A round end of an axis that holds LARGEST, half of which is round too.
double plotTop(PlotUnit unit, double largest);

} // namespace quarry::widgets
