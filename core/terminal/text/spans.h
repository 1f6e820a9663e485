// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The part of each line that a selection covers.
#pragma once

#include "terminal/text/selection.h"

#include <functional>

namespace quarry::terminal {

struct SelectedSpan {
    int from;      // columns; trailing blanks are left out where the line ends
    int to;
    bool endsLine; // a line end is selected behind it
};

// Calls `take` for every line, until it returns false.
void forEachSpan(Lines &lines, const Selection &selection,
                 const std::function<bool(const RowView &, const SelectedSpan &)> &take);

} // namespace quarry::terminal
