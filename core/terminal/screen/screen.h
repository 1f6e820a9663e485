// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the terminal shows, and the operations of the standards on it (ECMA-48, DEC VT510): text,
// cursor, margins, erasing, scrolling; the main screen and the alternate one. Rows and columns
// count from 0; counts may be any number above 0.
#pragma once

#include "terminal/cells/clusters.h"
#include "terminal/cells/extras.h"
#include "terminal/cells/rowview.h"
#include "terminal/history/history.h"
#include "terminal/parser/parser.h"
#include "terminal/screen/cursor.h"
#include "terminal/screen/grid.h"
#include "terminal/screen/marks.h"
#include "terminal/screen/tabstops.h"
#include "terminal/screen/utf8decoder.h"

#include <cstdint>
#include <string>

namespace quarry::terminal {

class Screen
{
public:
    static constexpr int MaximumSize = 2000; // rows, and columns

    Screen(int columns, int rows, History::Limits limits);

    // --- what is shown
    int columns() const { return m_grid->columns(); }
    int rows() const { return m_grid->rows(); }
    RowView row(int index) const;
    const Cursor &cursor() const { return m_cursor; }
    bool isAlternate() const { return m_grid == &m_alternate; }
    const History &history() const { return m_history; }
    History &history() { return m_history; }
    const Marks &marks() const { return m_marks; }
    // In the cursor's line, which is returned.
    std::uint64_t addMark(MarkKind kind, int exitCode);
    // Since it was last taken. Another screen, or a resize, is damage everywhere.
    Damage takeDamage() { return m_grid->takeDamage(); }

    // --- text
    Parser::TextStop text(const std::uint8_t *at, const std::uint8_t *end);
    void control(std::uint8_t code); // BS HT LF VT FF CR SO SI; others do nothing
    bool takeBell();                 // one was rung since the last call
    void repeat(int count);          // REP
    void breakText();                // something other than text came: emoji sequences end

    // --- cursor
    void moveTo(int row, int column); // from the margins' corner in origin mode
    void moveToRow(int row);
    void moveToColumn(int column);
    void moveUp(int count); // up to the margin
    void moveDown(int count);
    void moveLeft(int count);
    void moveRight(int count);
    void backspace();
    void tab(int count);
    void backTab(int count);
    void carriageReturn()
    {
        m_cursor.pendingWrap = false;
        m_cursor.column = m_cursor.column >= m_left ? m_left : 0;
    }
    void lineFeed()
    {
        m_cursor.pendingWrap = false;
        if (m_fullScreen && m_cursor.row + 1 == m_bottom)
            scrollWhole();
        else
            lineFeedWithin();
    }
    void reverseLineFeed();
    void saveCursor();
    void restoreCursor();
    int originRow() const { return m_cursor.origin ? m_top : 0; }
    int originColumn() const { return m_cursor.origin ? m_left : 0; }

    // --- editing; erased cells take the pen's background
    enum class Extent : std::uint8_t { ToEnd, ToStart, All };
    void eraseInLine(Extent extent, bool selective);
    void eraseInDisplay(Extent extent, bool selective);
    void eraseCharacters(int count);
    void insertCharacters(int count);
    void deleteCharacters(int count);
    void insertLines(int count);
    void deleteLines(int count);
    void insertColumns(int count); // at the cursor, in every row between the margins
    void deleteColumns(int count);
    void forwardIndex(); // DECFI: right, or what is between the margins to the left
    void backIndex();
    void scrollUp(int count);
    void scrollDown(int count);
    void fillWith(char32_t code); // DECALN

    // --- state
    Style &pen() { return m_cursor.pen; }
    Charsets &charsets() { return m_cursor.charsets; }
    TabStops &tabs() { return m_tabs; }
    // The pen's link and underline colour.
    const Extra &extra() const { return m_extras[m_cursor.pen.extra()]; }
    void setExtra(const Extra &extra);

    void setMargins(int top, int bottom); // [top, bottom); moves the cursor home
    void setSideMargins(int left, int right);
    void enableSideMargins(bool on);
    bool hasSideMargins() const { return m_sideMargins; }
    int top() const { return m_top; }
    int bottom() const { return m_bottom; }
    int left() const { return m_left; }
    int right() const { return m_right; }

    void setAutowrap(bool on);
    bool autowrap() const { return m_autowrap; }
    void setReverseWrap(bool on) { m_reverseWrap = on; }
    bool reverseWrap() const { return m_reverseWrap; }
    void setInsert(bool on) { m_insert = on; }
    bool insert() const { return m_insert; }
    void setNewline(bool on) { m_newline = on; }
    bool newline() const { return m_newline; }
    void setOrigin(bool on);

    void useAlternate(bool on);
    void clearAlternate();
    void softReset(); // DECSTR
    void reset();     // RIS; the history stays
    void resize(int columns, int rows);

private:
    using Bytes = const std::uint8_t *;

    int rightLimit() const { return m_cursor.column < m_right ? m_right : columns(); }
    bool isWithinSides() const { return m_cursor.column >= m_left && m_cursor.column < m_right; }
    bool hasFullWidth() const { return m_left == 0 && m_right == columns(); }
    void advance(int width, int right);
    void printAscii(Bytes at, int count);
    void printTranslated(Bytes at, int count);
    Bytes printUtf8(Bytes at, Bytes end, std::uint8_t &introducer);
    Bytes printSimpleRun(Bytes at, Bytes end);
    std::uint8_t printCode(char32_t code);
    void put(std::uint32_t text, int width);
    void wrap();
    void join(char32_t code);
    bool joinsCell(char32_t code) const;
    Cell *cellBefore(int &column);
    void widen(Row &row, int column);
    void eraseUnprotected(int row, int from, int to);
    void eraseRange(int row, int from, int to, bool selective);
    void lineFeedWithin();
    void scrollWhole();
    void marginsChanged();
    void scrollRegion(int top, int count);
    void keepRow(const Row &row)
    {
        if (row.plain)
            m_history.appendPlain(row.view(), row.wrapped);
        else
            m_history.append({row.view(), row.wrapped, &m_clusters, &m_extras});
    }
    void clamp();
    void collect();
    void restore(const Cursor &saved);
    friend class Reflow;

    History m_history;
    Clusters m_clusters;
    Extras m_extras;
    Grid m_main;
    Grid m_alternate;
    Grid *m_grid = &m_main;
    Cursor m_cursor;
    Cursor m_saved[2]; // of the main screen and of the alternate
    TabStops m_tabs;
    Marks m_marks;
    Utf8Decoder m_decoder;
    char32_t m_last = 0; // what REP repeats
    int m_top = 0;
    int m_bottom = 0;
    int m_left = 0;
    int m_right = 0;
    bool m_sideMargins = false;
    bool m_fullScreen = true; // the margins hold all of it
    bool m_autowrap = true;
    bool m_reverseWrap = false;
    bool m_insert = false;
    bool m_newline = false;
    bool m_joinable = false; // the character before the cursor was just printed there
    bool m_bell = false;
    std::uint32_t m_collectIn
        = 0; // marks and links to leave out before a collection is tried again
};

} // namespace quarry::terminal
