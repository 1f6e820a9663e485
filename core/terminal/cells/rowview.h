// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One row to read: of a screen (until the next change of it) or of the history.
#pragma once

#include "terminal/cells/cell.h"
#include "terminal/cells/clusters.h"
#include "terminal/cells/extras.h"

#include <algorithm>
#include <span>
#include <string>

namespace quarry::terminal {

struct RowView {
    std::span<const Cell> cells; // what is missing up to the width is blank
    bool wrapped = false;        // the text goes on in the next row, without a line end
    const Clusters *clusters = nullptr;
    const Extras *extras = nullptr;

    const Extra &extra(const Cell &cell) const { return (*extras)[cell.style.extra()]; }
    // The text of the columns [from, to), as UTF-8; a wide character belongs to its left half.
    void appendUtf8(int from, int to, std::string &out) const
    {
        const int end = std::min(to, int(cells.size()));
        for (int column = std::max(from, 0); column < end; ++column)
            clusters->appendUtf8(cells[std::size_t(column)].text, out);
    }
    // Columns up to the last that shows a character.
    int usedColumns() const
    {
        int used = int(cells.size());
        while (used > 0 && cells[std::size_t(used - 1)].isBlank())
            --used;
        return used;
    }
};

} // namespace quarry::terminal
