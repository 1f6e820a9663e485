// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Erasing, inserting and scrolling of Screen.
#include "terminal/screen/screen.h"

#include <algorithm>
#include <utility>

namespace quarry::terminal {

void Screen::eraseInLine(Extent extent, bool selective)
{
    m_cursor.pendingWrap = false;
    const int from = extent == Extent::ToEnd ? m_cursor.column : 0;
    const int to = extent == Extent::ToStart ? m_cursor.column + 1 : columns();
    eraseRange(m_cursor.row, from, to, selective);
}

void Screen::eraseInDisplay(Extent extent, bool selective)
{
    if (extent != Extent::All)
        eraseInLine(extent, selective);
    m_cursor.pendingWrap = false;
    const int from = extent == Extent::ToEnd ? m_cursor.row + 1 : 0;
    const int to = extent == Extent::ToStart ? m_cursor.row : rows();
    for (int i = from; i < to; ++i)
        eraseRange(i, 0, columns(), selective);
    if (extent == Extent::All && !selective && !isAlternate())
        m_marks.eraseFrom(m_history.end());
}

void Screen::eraseCharacters(int count)
{
    m_cursor.pendingWrap = false;
    const int to = m_cursor.column + std::min(count, columns() - m_cursor.column);
    eraseRange(m_cursor.row, m_cursor.column, to, false);
}

void Screen::eraseRange(int row, int from, int to, bool selective)
{
    if (selective)
        eraseUnprotected(row, from, to);
    else if (from == 0 && to == columns())
        m_grid->eraseRow(row, m_cursor.pen);
    else
        m_grid->erase(row, from, to, m_cursor.pen);
}

void Screen::eraseUnprotected(int row, int from, int to)
{
    const auto isProtected = [&](int column) {
        const Row &cells = std::as_const(*m_grid).row(row);
        return column < cells.used && cells.cells[column].style.has(Protected);
    };
    for (int column = from; column < to; ++column) {
        if (!isProtected(column))
            m_grid->erase(row, column, column + 1, m_cursor.pen);
    }
}

void Screen::insertCharacters(int count)
{
    m_cursor.pendingWrap = false;
    if (isWithinSides())
        m_grid->insertCells(m_cursor.row, m_cursor.column, m_right, count, m_cursor.pen);
}

void Screen::deleteCharacters(int count)
{
    m_cursor.pendingWrap = false;
    if (isWithinSides())
        m_grid->deleteCells(m_cursor.row, m_cursor.column, m_right, count, m_cursor.pen);
}

void Screen::insertLines(int count)
{
    if (m_cursor.row < m_top || m_cursor.row >= m_bottom || !isWithinSides())
        return;
    scrollRegion(m_cursor.row, -std::min(count, rows()));
    carriageReturn();
}

void Screen::deleteLines(int count)
{
    if (m_cursor.row < m_top || m_cursor.row >= m_bottom || !isWithinSides())
        return;
    // Deleted lines are gone: those of the top, too, are no history.
    if (hasFullWidth())
        m_grid->scrollUp(m_cursor.row, m_bottom, count, m_cursor.pen);
    else
        m_grid->scrollRectangle(m_cursor.row, m_bottom, m_left, m_right, count, m_cursor.pen);
    carriageReturn();
}

void Screen::insertColumns(int count)
{
    if (m_cursor.row < m_top || m_cursor.row >= m_bottom || !isWithinSides())
        return;
    for (int i = m_top; i < m_bottom; ++i)
        m_grid->insertCells(i, m_cursor.column, m_right, count, m_cursor.pen);
}

void Screen::deleteColumns(int count)
{
    if (m_cursor.row < m_top || m_cursor.row >= m_bottom || !isWithinSides())
        return;
    for (int i = m_top; i < m_bottom; ++i)
        m_grid->deleteCells(i, m_cursor.column, m_right, count, m_cursor.pen);
}

void Screen::forwardIndex()
{
    m_cursor.pendingWrap = false;
    if (m_cursor.column + 1 == m_right) {
        if (m_cursor.row >= m_top && m_cursor.row < m_bottom)
            for (int i = m_top; i < m_bottom; ++i)
                m_grid->deleteCells(i, m_left, m_right, 1, m_cursor.pen);
    } else if (m_cursor.column + 1 < columns()) {
        ++m_cursor.column;
    }
}

void Screen::backIndex()
{
    m_cursor.pendingWrap = false;
    if (m_cursor.column == m_left) {
        if (m_cursor.row >= m_top && m_cursor.row < m_bottom)
            for (int i = m_top; i < m_bottom; ++i)
                m_grid->insertCells(i, m_left, m_right, 1, m_cursor.pen);
    } else if (m_cursor.column > 0) {
        --m_cursor.column;
    }
}

void Screen::scrollUp(int count)
{
    m_cursor.pendingWrap = false;
    scrollRegion(m_top, std::min(count, rows()));
}

void Screen::scrollDown(int count)
{
    m_cursor.pendingWrap = false;
    scrollRegion(m_top, -std::min(count, rows()));
}

// From `top` to the bottom margin, up by count. What leaves the main screen at its top is history.
void Screen::scrollRegion(int top, int count)
{
    if (!hasFullWidth()) {
        m_grid->scrollRectangle(top, m_bottom, m_left, m_right, count, m_cursor.pen);
        return;
    }
    if (count < 0) {
        m_grid->scrollDown(top, m_bottom, -count, m_cursor.pen);
        return;
    }
    count = std::min(count, m_bottom - top);
    if (top == 0 && m_grid == &m_main) {
        for (int i = 0; i < count; ++i)
            keepRow(m_main.row(i));
    }
    m_grid->scrollUp(top, m_bottom, count, m_cursor.pen);
}

void Screen::fillWith(char32_t code)
{
    m_top = 0;
    m_bottom = rows();
    enableSideMargins(m_sideMargins);
    m_cursor.origin = false;
    moveTo(0, 0);
    for (int i = 0; i < rows(); ++i) {
        m_grid->eraseRow(i, Style());
        Row &row = m_grid->row(i);
        m_grid->prepare(row, 0, columns());
        std::fill_n(row.cells, columns(), Cell{code, {}});
        row.plain = code < 0x7f;
    }
}

} // namespace quarry::terminal
