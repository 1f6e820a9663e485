// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/screentext.h"

#include <algorithm>

namespace quarry::widgets {

int ScreenText::offsetOf(int row, int column) const
{
    const auto before = [](const QPoint &a, const QPoint &b) {
        return a.y() != b.y() ? a.y() < b.y() : a.x() < b.x();
    };
    const auto found = std::lower_bound(cells.begin(), cells.end(), QPoint(column, row), before);
    int offset = int(found - cells.begin());
    // A line feed stands behind the last cell of its row.
    if (offset > 0 && (found == cells.end() || found->y() > row)
        && cells[size_t(offset) - 1].y() == row && text[offset - 1] == QLatin1Char('\n'))
        --offset;
    return offset;
}

ScreenText screenText(terminal::Lines &lines, std::uint64_t first, int rows)
{
    ScreenText result;
    for (int i = 0; i < rows && first + std::uint64_t(i) < lines.end(); ++i) {
        if (i > 0) {
            result.text += QLatin1Char('\n');
            const int behind = result.cells.empty() || result.cells.back().y() != i - 1
                ? 0
                : result.cells.back().x() + 1;
            result.cells.push_back({behind, i - 1});
        }
        const terminal::RowView row = lines.row(first + std::uint64_t(i));
        const int used = row.usedColumns();
        for (int column = 0; column < used; ++column) {
            std::string bytes;
            row.appendUtf8(column, column + 1, bytes);
            result.text += QString::fromStdString(bytes);
            result.cells.resize(size_t(result.text.size()), {column, i});
        }
    }
    return result;
}

} // namespace quarry::widgets
