// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/rowspans.h"

#include <algorithm>

namespace quarry::widgets {

QList<std::pair<int, int>> rowSpans(QList<int> rows)
{
    std::sort(rows.begin(), rows.end());
    QList<std::pair<int, int>> spans;
    for (const int row : std::as_const(rows)) {
        if (!spans.isEmpty() && spans.last().second + 1 == row)
            spans.last().second = row;
        else
            spans.append({row, row});
    }
    return spans;
}

} // namespace quarry::widgets
