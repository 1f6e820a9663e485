// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Cursor, margins and state of Screen.
#include "terminal/screen/screen.h"

#include "terminal/screen/reflow.h"

#include <algorithm>
#include <utility>

namespace quarry::terminal {

namespace {

int sane(int size)
{
    return std::clamp(size, 1, Screen::MaximumSize);
}

} // namespace

Screen::Screen(int columns, int rows, History::Limits limits)
    : m_history(limits), m_main(sane(columns), sane(rows)), m_alternate(sane(columns), sane(rows)),
      m_tabs(sane(columns)), m_bottom(sane(rows)), m_right(sane(columns))
{
}

RowView Screen::row(int index) const
{
    const Row &row = std::as_const(*m_grid).row(index);
    return {row.view(), row.wrapped, &m_clusters, &m_extras};
}

bool Screen::takeBell()
{
    return std::exchange(m_bell, false);
}

std::uint64_t Screen::addMark(MarkKind kind, int exitCode)
{
    const std::uint64_t line = m_history.end() + std::uint64_t(m_cursor.row);
    m_marks.add({kind, line, exitCode});
    return line;
}

void Screen::moveTo(int row, int column)
{
    moveToColumn(column);
    moveToRow(row);
}

void Screen::moveToRow(int row)
{
    m_cursor.pendingWrap = false;
    m_cursor.row = m_cursor.origin ? std::clamp(m_top + row, m_top, m_bottom - 1)
                                   : std::clamp(row, 0, rows() - 1);
}

void Screen::moveToColumn(int column)
{
    m_cursor.pendingWrap = false;
    m_cursor.column = m_cursor.origin ? std::clamp(m_left + column, m_left, m_right - 1)
                                      : std::clamp(column, 0, columns() - 1);
}

void Screen::moveUp(int count)
{
    m_cursor.pendingWrap = false;
    const int limit = m_cursor.row >= m_top ? m_top : 0;
    m_cursor.row = std::max(m_cursor.row - std::min(count, rows()), limit);
}

void Screen::moveDown(int count)
{
    m_cursor.pendingWrap = false;
    const int limit = m_cursor.row < m_bottom ? m_bottom : rows();
    m_cursor.row = std::min(m_cursor.row + std::min(count, rows()), limit - 1);
}

void Screen::moveLeft(int count)
{
    if (m_reverseWrap && m_autowrap) {
        for (count = std::min(count, columns() * rows()); count > 0; --count)
            backspace();
        return;
    }
    m_cursor.pendingWrap = false;
    const int limit = m_cursor.column >= m_left ? m_left : 0;
    m_cursor.column = std::max(m_cursor.column - std::min(count, columns()), limit);
}

void Screen::moveRight(int count)
{
    m_cursor.pendingWrap = false;
    m_cursor.column = std::min(m_cursor.column + std::min(count, columns()), rightLimit() - 1);
}

void Screen::backspace()
{
    const int limit = m_cursor.column >= m_left ? m_left : 0;
    const bool wraps = m_reverseWrap && m_autowrap;
    if (wraps && m_cursor.pendingWrap) {
        m_cursor.pendingWrap = false;
        return;
    }
    m_cursor.pendingWrap = false;
    if (m_cursor.column > limit) {
        --m_cursor.column;
    } else if (wraps && m_cursor.row > 0 && m_cursor.row != m_top) {
        --m_cursor.row;
        m_cursor.column = m_right - 1;
    }
}

void Screen::tab(int count)
{
    const int limit = rightLimit();
    for (count = std::min(count, columns()); count > 0; --count)
        m_cursor.column = m_tabs.next(m_cursor.column, limit);
}

void Screen::backTab(int count)
{
    m_cursor.pendingWrap = false;
    const int limit = m_cursor.origin ? m_left : 0;
    for (count = std::min(count, columns()); count > 0; --count)
        m_cursor.column = m_tabs.previous(m_cursor.column, limit);
}

void Screen::lineFeedWithin()
{
    if (m_cursor.row + 1 == m_bottom) {
        if (isWithinSides())
            scrollRegion(m_top, 1);
    } else if (m_cursor.row + 1 < rows()) {
        ++m_cursor.row;
    }
}

void Screen::scrollWhole()
{
    if (m_grid == &m_main)
        keepRow(m_main.row(0));
    m_grid->scrollUpOne(m_cursor.pen);
}

void Screen::marginsChanged()
{
    m_fullScreen = m_top == 0 && m_bottom == rows() && hasFullWidth();
}

void Screen::reverseLineFeed()
{
    m_cursor.pendingWrap = false;
    if (m_cursor.row == m_top) {
        if (isWithinSides())
            scrollRegion(m_top, -1);
    } else if (m_cursor.row > 0) {
        --m_cursor.row;
    }
}

void Screen::saveCursor()
{
    m_saved[isAlternate()] = m_cursor;
}

void Screen::restoreCursor()
{
    restore(m_saved[isAlternate()]);
}

void Screen::restore(const Cursor &saved)
{
    m_cursor = saved;
    clamp();
}

void Screen::clamp()
{
    m_cursor.row = std::min(m_cursor.row, rows() - 1);
    if (m_cursor.column >= columns()) {
        m_cursor.column = columns() - 1;
        m_cursor.pendingWrap = false;
    }
}

void Screen::setExtra(const Extra &extra)
{
    if (m_extras.isFull())
        collect();
    m_cursor.pen.setExtra(m_extras.intern(extra));
}

// Gives up the clusters and extras that neither screen shows. When that helps little, the next
// tries are left out: the work stays in proportion to the input.
void Screen::collect()
{
    if (m_collectIn > 0) {
        --m_collectIn;
        return;
    }
    m_clusters.beginCollection();
    m_extras.beginCollection();
    for (Grid *grid : {&m_main, &m_alternate}) {
        for (int i = 0; i < grid->rows(); ++i) {
            for (const Cell &cell : grid->row(i).view()) {
                m_clusters.keep(cell.text);
                m_extras.keep(cell.style.extra());
            }
        }
    }
    for (const Cursor *cursor : {&m_cursor, &m_saved[0], &m_saved[1]})
        m_extras.keep(cursor->pen.extra());
    m_clusters.endCollection();
    m_extras.endCollection();
    m_collectIn = std::uint32_t(columns() * rows());
}

void Screen::setMargins(int top, int bottom)
{
    bottom = std::min(bottom, rows());
    if (top + 1 >= bottom)
        return;
    m_top = top;
    m_bottom = bottom;
    marginsChanged();
    moveTo(0, 0);
}

void Screen::setSideMargins(int left, int right)
{
    right = std::min(right, columns());
    if (left + 1 >= right)
        return;
    m_left = left;
    m_right = right;
    marginsChanged();
    moveTo(0, 0);
}

void Screen::enableSideMargins(bool on)
{
    m_sideMargins = on;
    m_left = 0;
    m_right = columns();
    marginsChanged();
}

void Screen::setAutowrap(bool on)
{
    m_autowrap = on;
    m_cursor.pendingWrap &= on;
}

void Screen::setOrigin(bool on)
{
    m_cursor.origin = on;
    moveTo(0, 0);
}

void Screen::useAlternate(bool on)
{
    Grid *const wanted = on ? &m_alternate : &m_main;
    if (wanted == m_grid)
        return;
    m_grid = wanted;
    m_grid->touchAll();
}

void Screen::clearAlternate()
{
    for (int i = 0; i < m_alternate.rows(); ++i)
        m_alternate.eraseRow(i, m_cursor.pen);
}

void Screen::softReset()
{
    m_autowrap = true;
    m_reverseWrap = false;
    m_insert = false;
    m_top = 0;
    m_bottom = rows();
    enableSideMargins(false);
    m_cursor.pen = Style();
    m_cursor.charsets = Charsets();
    m_cursor.origin = false;
    m_cursor.pendingWrap = false;
    m_saved[isAlternate()] = Cursor();
}

void Screen::reset()
{
    useAlternate(false);
    softReset();
    m_newline = false;
    m_cursor = Cursor();
    m_saved[0] = m_saved[1] = Cursor();
    m_tabs.reset();
    m_decoder.reset();
    m_last = 0;
    m_joinable = false;
    for (Grid *grid : {&m_main, &m_alternate}) {
        for (int i = 0; i < grid->rows(); ++i)
            grid->eraseRow(i, Style());
    }
}

void Screen::resize(int columns, int rows)
{
    columns = sane(columns);
    rows = sane(rows);
    if (columns == this->columns() && rows == this->rows())
        return;
    Reflow(*this).resize(columns, rows);
    m_tabs.resize(columns);
    m_top = 0;
    m_bottom = rows;
    enableSideMargins(false);
    for (Cursor &saved : m_saved) {
        saved.row = std::min(saved.row, rows - 1);
        saved.column = std::min(saved.column, columns - 1);
    }
    clamp();
}

} // namespace quarry::terminal
