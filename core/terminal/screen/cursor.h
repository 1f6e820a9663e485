// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where and how the next character is written: what DECSC saves.
#pragma once

#include "terminal/cells/cell.h"
#include "terminal/screen/charsets.h"

namespace quarry::terminal {

struct Cursor {
    int row = 0;
    int column = 0;
    bool pendingWrap
        = false; // the last column was written: the next character goes to the next line
    bool origin = false;      // DECOM: positions count from the margins
    Style pen;
    Charsets charsets;
};

} // namespace quarry::terminal
