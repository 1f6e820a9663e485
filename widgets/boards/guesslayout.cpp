// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/boards/guesslayout.h"

#include <QJsonArray>

#include <algorithm>

namespace quarry::widgets {

namespace {
constexpr int perColumnMost = 10;
constexpr double rowHeight = 52;
constexpr double columnGap = 24;
} // namespace

GuessLayout::GuessLayout(const BoardScene &scene, double wide) : m_wide(wide)
{
    const int guesses = int(scene.board.value(u"guesses").toArray().size());
    const int turns = scene.board.value(u"max_turns").toInt();
    const int used = scene.board.value(u"turn").toInt();
    // Turns that went by without a guess leave that many rows fewer.
    const int all = guesses + std::clamp(turns - used, 0, 100'000);
    // Only the column that is being filled, so that cells stay large.
    const int filled = (guesses / perColumnMost + 1) * perColumnMost;
    m_first = std::max(0, guesses - MostShown + (all > guesses ? 1 : 0));
    m_rows = std::clamp(std::min(all, filled) - m_first, 1, MostShown);
    m_columns = (m_rows + perColumnMost - 1) / perColumnMost;
    m_perColumn = (m_rows + m_columns - 1) / m_columns;
}

QRectF GuessLayout::row(int at) const
{
    return {double(at / m_perColumn) * (m_wide + columnGap), double(at % m_perColumn) * rowHeight,
            m_wide, rowHeight};
}

QSizeF GuessLayout::size() const
{
    return {m_columns * m_wide + (m_columns - 1) * columnGap, m_perColumn * rowHeight};
}

} // namespace quarry::widgets
