// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/text/spans.h"

#include <algorithm>

namespace quarry::terminal {

namespace {

SelectedSpan spanOf(const RowView &row, const Selection &selection, std::uint64_t line)
{
    const bool block = selection.kind == Selection::Kind::Block;
    const bool last = line == selection.end.line;
    int from = block || line == selection.begin.line ? selection.begin.column : 0;
    const int end = block || last ? selection.end.column : int(row.cells.size());
    // A wide character is selected by either half.
    const auto cut = [&row](int column) {
        return column > 0 && column < int(row.cells.size())
            && row.cells[std::size_t(column)].isSpacer();
    };
    if (cut(from))
        --from;
    int to = std::min(end, int(row.cells.size()));
    if (cut(to))
        ++to;
    const bool wraps = row.wrapped && !block;
    if (!wraps || last)
        to = std::min(to, row.usedColumns());
    return {from, std::max(to, from), !last && !wraps};
}

} // namespace

void forEachSpan(Lines &lines, const Selection &selection,
                 const std::function<bool(const RowView &, const SelectedSpan &)> &take)
{
    if (selection.isEmpty())
        return;
    const std::uint64_t end = std::min(selection.end.line + 1, lines.end());
    for (std::uint64_t line = std::max(selection.begin.line, lines.begin()); line < end; ++line) {
        const RowView row = lines.row(line);
        if (!take(row, spanOf(row, selection, line)))
            return;
    }
}

} // namespace quarry::terminal
