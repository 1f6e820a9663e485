// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "terminal/screen/reflow.h"

#include "terminal/screen/screen.h"

#include <algorithm>
#include <utility>

namespace quarry::terminal {

namespace {

// Without what was never written at the end, and, where the line ends, without blanks that show
// nothing.
std::span<const Cell> trimmed(std::span<const Cell> cells, bool wrapped)
{
    std::size_t size = cells.size();
    while (size > 0
           && (cells[size - 1].text == 0
               || (!wrapped && cells[size - 1].text == U' ' && cells[size - 1].style.isDefault())))
        --size;
    return cells.first(size);
}

} // namespace

Reflow::Reflow(Screen &screen) : m_screen(screen), m_marks(screen.m_marks.all()) { }

void Reflow::resize(int columns, int rows)
{
    m_columns = columns;
    m_rows = rows;
    Cursor &cursor = m_screen.isAlternate() ? m_screen.m_saved[0] : m_screen.m_cursor;
    cursor.row = std::min(cursor.row, m_screen.m_main.rows() - 1);
    rewrapHistory();
    rewrapScreen(cursor);
    resizeAlternate();
}

std::uint64_t Reflow::firstRewrapped() const
{
    const History &history = m_screen.m_history;
    if (m_columns == m_screen.m_main.columns())
        return std::max(history.begin(),
                        history.end() - std::min(history.end(), std::uint64_t(m_rows)));
    std::uint64_t first = history.newest(RewrappedBytes);
    if (first == history.begin())
        return first;
    std::string text;
    bool wrapped = true; // a line begins behind one that ends
    while (first < history.end() && history.readUtf8(first, text, wrapped) && wrapped) {
        text.clear();
        ++first;
    }
    return std::min(first + 1, history.end());
}

void Reflow::rewrapHistory()
{
    History &history = m_screen.m_history;
    m_sourced = m_first = firstRewrapped();
    const ByteBuffer lines = history.cut(m_first);
    std::vector<Cell> cells;
    for (const char *at = lines.data(); at != lines.data() + lines.size();
         at = LineCodec::skip(at)) {
        const bool wrapped = LineCodec::decode(at, cells, m_screen.m_clusters, m_screen.m_extras);
        source(cells, wrapped, -1);
    }
}

void Reflow::rewrapScreen(Cursor &cursor)
{
    const Grid &grid = m_screen.m_main;
    int last = grid.rows() - 1;
    while (last > cursor.row && grid.row(last).used == 0)
        --last;
    m_screenMade = m_made;
    for (int i = 0; i <= last; ++i) {
        const Row &row = grid.row(i);
        const int column = cursor.column + (cursor.pendingWrap ? 1 : 0);
        source(row.view(), row.wrapped && i < last, i == cursor.row ? column : -1);
    }
    if (!m_line.cells.empty())
        finishLine(false);
    place(cursor, grid.rows() - 1 - last);
    for (const auto &[index, line] : m_moved)
        m_marks[index].line = line;
}

// One row as it was; a cursorColumn of 0 and more: the cursor is in it.
void Reflow::source(std::span<const Cell> cells, bool wrapped, int cursorColumn)
{
    moveMarks();
    const std::span<const Cell> text = trimmed(cells, wrapped);
    // Blanks before the cursor were typed, as behind a prompt.
    const std::span<const Cell> shown = cells.first(
        std::min(cells.size(), std::max(text.size(), std::size_t(std::max(cursorColumn, 0)))));
    int column = 0;
    const auto found = [this](int beyond) {
        m_cursorFound = true;
        m_cursorLine = m_made;
        m_cursorColumn = int(m_line.cells.size()) + beyond;
    };
    for (const Cell &cell : shown) {
        if (!cell.isSpacer())
            add(cell);
        if (column++ == cursorColumn) {
            found(cell.isSpacer() || cell.isWide() ? -2 : -1);
        }
    }
    if (cursorColumn >= 0 && !m_cursorFound)
        found(cursorColumn - column);
    if (!wrapped)
        finishLine(false);
    ++m_sourced;
}

// Marks of the line being read go with its first cell.
void Reflow::moveMarks()
{
    for (; m_nextMark < m_marks.size() && m_marks[m_nextMark].line <= m_sourced; ++m_nextMark) {
        if (m_marks[m_nextMark].line == m_sourced)
            m_moved.push_back({m_nextMark, m_first + m_made});
    }
}

void Reflow::add(const Cell &cell)
{
    const std::size_t width = cell.isWide() ? 2 : 1;
    if (m_line.cells.size() + width > std::size_t(m_columns))
        finishLine(true);
    if (width > std::size_t(m_columns)) { // nothing wide fits one column
        m_line.cells.push_back({ReplacementCharacter, cell.style});
        return;
    }
    m_line.cells.push_back(cell);
    if (width == 2)
        m_line.cells.push_back({Cell::Spacer, cell.style});
}

void Reflow::finishLine(bool wrapped)
{
    m_line.wrapped = wrapped;
    if (int(m_lines.size()) == m_rows)
        keepOldest();
    m_lines.push_back(std::move(m_line));
    m_line = Line();
    ++m_made;
}

void Reflow::keepOldest()
{
    const Line &line = m_lines.front();
    m_screen.m_history.append({line.cells, line.wrapped, &m_screen.m_clusters, &m_screen.m_extras});
    m_lines.pop_front();
}

// The screen from the newest lines: so many that what was blank below them stays blank, as far as
// there is room for both.
void Reflow::place(Cursor &cursor, int blankBelow)
{
    const int content = int(std::min<std::uint64_t>(m_made - m_screenMade, std::uint64_t(m_rows)));
    const int blank = std::min(blankBelow, m_rows - content);
    while (int(m_lines.size()) + blank > m_rows)
        keepOldest();
    Grid &grid = m_screen.m_main;
    grid.reset(m_columns, m_rows);
    const std::uint64_t top = m_made - m_lines.size();
    for (int i = 0; i < int(m_lines.size()); ++i) {
        const Line &line = m_lines[std::size_t(i)];
        Row &row = grid.row(i);
        std::copy(line.cells.begin(), line.cells.end(), row.cells);
        row.used = int(line.cells.size());
        row.plain = false;
        row.wrapped = line.wrapped;
    }
    cursor.row = std::clamp(int(std::int64_t(m_cursorLine) - std::int64_t(top)), 0, m_rows - 1);
    cursor.pendingWrap = m_cursorColumn == m_columns && m_screen.autowrap();
    cursor.column = std::clamp(m_cursorColumn, 0, m_columns - 1);
}

void Reflow::resizeAlternate()
{
    Grid &grid = m_screen.m_alternate;
    const Grid before = std::exchange(grid, Grid(m_columns, m_rows));
    for (int i = 0; i < std::min(before.rows(), m_rows); ++i) {
        const Row &from = before.row(i);
        Row &to = grid.row(i);
        to.used = std::min(from.used, m_columns);
        to.plain = from.plain;
        std::copy_n(from.cells, to.used, to.cells);
        if (to.used > 0 && to.cells[to.used - 1].isWide())
            to.cells[to.used - 1].text = 0;
    }
}

} // namespace quarry::terminal
