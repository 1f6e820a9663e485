// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Changed rows as spans of neighbours, so that a model tells its views of few changes. Pure.
#pragma once

#include <QList>

#include <utility>

namespace quarry::widgets {

// ROWS in any order, each once; first and last row of each span, ascending.
QList<std::pair<int, int>> rowSpans(QList<int> rows);

} // namespace quarry::widgets
