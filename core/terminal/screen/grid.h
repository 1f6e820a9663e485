// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The cells of one screen, as a ring of rows: scrolling moves no cell. Keeps what changed since it
// was last asked. Rows and columns count from 0; ranges are [from, to) and inside the grid.
#pragma once

#include "terminal/cells/cell.h"

#include <cstdint>
#include <span>
#include <vector>

namespace quarry::terminal {

struct Row {
    Cell *cells = nullptr;
    std::int32_t used = 0; // cells from here on are blank, in the default style
    std::int32_t dirtyFrom = 0;
    std::int32_t dirtyTo = 0; // clean when not above dirtyFrom
    bool wrapped = false;     // its text goes on in the next row
    bool plain = true;        // only ASCII in the default style

    void touch(int from, int to)
    {
        dirtyFrom = from < dirtyFrom ? from : dirtyFrom;
        dirtyTo = to > dirtyTo ? to : dirtyTo;
    }
    std::span<const Cell> view() const { return {cells, std::size_t(used)}; }
};

// What a painter has to do: move its picture up by `scrolled` rows, then paint the spans.
struct Damage {
    struct Span {
        int row;
        int from;
        int to;
        bool operator==(const Span &) const = default;
    };
    int scrolled = 0; // at most the number of rows
    std::vector<Span> spans;
};

class Grid
{
public:
    Grid(int columns, int rows);
    Grid(Grid &&) = default;
    Grid &operator=(Grid &&) = default;

    int columns() const { return m_columns; }
    int rows() const { return m_rows; }
    Row &row(int index) { return m_ring[slotOf(index)]; }
    const Row &row(int index) const { return m_ring[slotOf(index)]; }

    // Rows [top, bottom) up or down by count; what comes in is erased in the style.
    void scrollUp(int top, int bottom, int count, const Style &style);
    void scrollDown(int top, int bottom, int count, const Style &style);
    // The same of the whole screen by one.
    void scrollUpOne(const Style &style)
    {
        m_top = m_top + 1 < m_rows ? m_top + 1 : 0;
        m_scrolled += m_scrolled < m_rows ? 1 : 0;
        clear(row(m_rows - 1), style);
    }
    // The same of the columns [left, right) only; cells are moved.
    void scrollRectangle(int top, int bottom, int left, int right, int up, const Style &style);

    // Erased cells keep the background of the style alone.
    void erase(int row, int from, int to, const Style &style);
    void eraseRow(int row, const Style &style);
    // Moves the cells from `column` to the right edge `right` by count, erasing what opens.
    void insertCells(int row, int column, int right, int count, const Style &style);
    void deleteCells(int row, int column, int right, int count, const Style &style);

    // Before the cells [from, to) are written: blanks the other halves of wide characters that the
    // range cuts, and counts the cells as used and changed.
    void prepare(Row &row, int from, int to)
    {
        if (!row.plain) {
            splitWide(row, from);
            splitWide(row, to);
        }
        row.used = to > row.used ? to : row.used;
        row.touch(from, to);
    }

    // Makes a blank of each half of a wide character that lies across the left edge of the column.
    static void splitWide(Row &row, int column)
    {
        if (column > 0 && column < row.used && row.cells[column].isSpacer())
            blankHalves(row, column);
    }

    // All blank, of another size.
    void reset(int columns, int rows);
    void touchAll();
    Damage takeDamage();

private:
    std::size_t slotOf(int index) const
    {
        const int slot = m_top + index;
        return std::size_t(slot >= m_rows ? slot - m_rows : slot);
    }
    static Cell blank(const Style &style);
    void clear(Row &row, const Style &style);
    void rotate(int top, int bottom, int count);
    void open(Row &row, int column, int right);
    static void blankHalves(Row &row, int column);

    int m_columns = 0;
    int m_rows = 0;
    int m_top = 0; // slot of row 0
    int m_scrolled = 0;
    std::vector<Cell> m_cells;
    std::vector<Row> m_ring;
    std::vector<Row> m_scratch;
};

} // namespace quarry::terminal
