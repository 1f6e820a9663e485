// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/screen/grid.h"

#include <algorithm>

namespace quarry::terminal {

Grid::Grid(int columns, int rows)
{
    reset(columns, rows);
}

void Grid::reset(int columns, int rows)
{
    m_columns = columns;
    m_rows = rows;
    m_top = 0;
    m_cells.assign(std::size_t(columns) * std::size_t(rows), Cell());
    m_ring.assign(std::size_t(rows), Row());
    for (int i = 0; i < rows; ++i)
        m_ring[std::size_t(i)].cells = m_cells.data() + std::ptrdiff_t(i) * columns;
    touchAll();
}

Cell Grid::blank(const Style &style)
{
    Cell cell;
    cell.style.background = style.background;
    return cell;
}

void Grid::clear(Row &row, const Style &style)
{
    if (style.background == Colour()) {
        std::fill_n(row.cells, row.used, Cell());
        row.used = 0;
        row.plain = true;
    } else {
        std::fill_n(row.cells, m_columns, blank(style));
        row.used = m_columns;
        row.plain = false;
    }
    row.wrapped = false;
    row.dirtyFrom = 0;
    row.dirtyTo = m_columns;
}

void Grid::scrollUp(int top, int bottom, int count, const Style &style)
{
    count = std::min(count, bottom - top);
    if (top == 0 && bottom == m_rows) {
        m_top = int(slotOf(count == m_rows ? 0 : count));
        m_scrolled = std::min(m_scrolled + count, m_rows);
    } else {
        rotate(top, bottom, count);
    }
    for (int i = bottom - count; i < bottom; ++i)
        clear(row(i), style);
}

void Grid::scrollDown(int top, int bottom, int count, const Style &style)
{
    count = std::min(count, bottom - top);
    rotate(top, bottom, bottom - top - count);
    for (int i = top; i < top + count; ++i)
        clear(row(i), style);
    row(bottom - 1).wrapped = false;
}

// Row top + count comes to the top, and what was above it follows the others.
void Grid::rotate(int top, int bottom, int count)
{
    const int size = bottom - top;
    const std::size_t end = m_ring.size();
    const auto next = [end](std::size_t slot) { return slot + 1 < end ? slot + 1 : 0; };
    m_scratch.resize(end);
    std::size_t slot = slotOf(top);
    for (int i = 0; i < count; ++i, slot = next(slot))
        m_scratch[std::size_t(i)] = m_ring[slot];
    std::size_t target = slotOf(top);
    for (int i = 0; i < size; ++i, target = next(target), slot = next(slot)) {
        Row &row = m_ring[target];
        row = i < size - count ? m_ring[slot]
                               : m_scratch[std::size_t(i) + std::size_t(count) - std::size_t(size)];
        row.touch(0, m_columns);
    }
    if (top > 0)
        row(top - 1).wrapped = false;
}

void Grid::scrollRectangle(int top, int bottom, int left, int right, int up, const Style &style)
{
    const int count = std::min(std::abs(up), bottom - top);
    const int step = up > 0 ? 1 : -1;
    int target = up > 0 ? top : bottom - 1;
    for (int i = 0; i < bottom - top; ++i, target += step) {
        Row &to = row(target);
        prepare(to, left, right);
        to.plain = false;
        to.wrapped = false;
        const int source = target + step * count;
        if (source < top || source >= bottom) {
            std::fill(to.cells + left, to.cells + right, blank(style));
            continue;
        }
        Row &from = row(source);
        splitWide(from, left);
        splitWide(from, right);
        std::copy(from.cells + left, from.cells + right, to.cells + left);
    }
}

void Grid::erase(int index, int from, int to, const Style &style)
{
    Row &target = row(index);
    if (to >= m_columns)
        target.wrapped = false;
    if (from >= to)
        return;
    splitWide(target, from);
    splitWide(target, to);
    target.touch(from, to);
    if (style.background != Colour()) {
        std::fill(target.cells + from, target.cells + to, blank(style));
        target.used = std::max(target.used, to);
        target.plain = false;
        return;
    }
    const int end = std::min(to, target.used);
    if (from < end)
        std::fill(target.cells + from, target.cells + end, Cell());
    if (to >= target.used)
        target.used = std::min(target.used, from);
    if (target.used == 0)
        target.plain = true;
}

void Grid::eraseRow(int index, const Style &style)
{
    clear(row(index), style);
}

void Grid::insertCells(int index, int column, int right, int count, const Style &style)
{
    Row &target = row(index);
    count = std::min(count, right - column);
    open(target, column, right);
    splitWide(target, right - count); // what is pushed out
    Cell *const cells = target.cells;
    std::move_backward(cells + column, cells + right - count, cells + right);
    std::fill(cells + column, cells + column + count, blank(style));
    target.plain &= style.background == Colour();
}

void Grid::deleteCells(int index, int column, int right, int count, const Style &style)
{
    Row &target = row(index);
    count = std::min(count, right - column);
    open(target, column, right);
    splitWide(target, column + count);
    Cell *const cells = target.cells;
    std::move(cells + column + count, cells + right, cells + column);
    std::fill(cells + right - count, cells + right, blank(style));
    target.plain &= style.background == Colour();
    if (right == m_columns)
        target.wrapped = false;
}

// Before the cells [column, right) are moved about.
void Grid::open(Row &target, int column, int right)
{
    splitWide(target, column);
    splitWide(target, right);
    target.used = std::max(target.used, right);
    target.touch(column, right);
}

void Grid::blankHalves(Row &target, int column)
{
    target.cells[column].text = 0;
    target.cells[column - 1].text = 0;
    target.touch(column - 1, column + 1);
}

void Grid::touchAll()
{
    m_scrolled = 0;
    for (Row &one : m_ring)
        one.touch(0, m_columns);
}

Damage Grid::takeDamage()
{
    Damage damage{m_scrolled, {}};
    for (int i = 0; i < m_rows; ++i) {
        Row &one = row(i);
        if (one.dirtyFrom < one.dirtyTo)
            damage.spans.push_back({i, one.dirtyFrom, one.dirtyTo});
        one.dirtyFrom = m_columns;
        one.dirtyTo = 0;
    }
    m_scrolled = 0;
    return damage;
}

} // namespace quarry::terminal
