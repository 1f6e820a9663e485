// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A screen of another size: lines of the main screen, and the newest of its history, are wrapped
// anew; the alternate screen, which its program draws again, is cut or extended.
#pragma once

#include "terminal/cells/cell.h"
#include "terminal/screen/marks.h"

#include <cstdint>
#include <deque>
#include <span>
#include <utility>
#include <vector>

namespace quarry::terminal {

class Screen;
struct Cursor;

class Reflow
{
public:
    explicit Reflow(Screen &screen);
    void resize(int columns, int rows);

private:
    // Older lines than this much history (as it is stored) stay as they were wrapped.
    static constexpr std::size_t RewrappedBytes = 1U << 20;

    struct Line {
        std::vector<Cell> cells;
        bool wrapped = false;
    };

    std::uint64_t firstRewrapped() const;
    void rewrapHistory();
    void rewrapScreen(Cursor &cursor);
    void source(std::span<const Cell> cells, bool wrapped, int cursorColumn);
    void moveMarks();
    void add(const Cell &cell);
    void finishLine(bool wrapped);
    void keepOldest();
    void place(Cursor &cursor, int blankBelow);
    void resizeAlternate();

    Screen &m_screen;
    int m_columns = 0;
    int m_rows = 0;
    std::deque<Line> m_lines; // the newest, at most m_rows
    Line m_line;              // being filled
    std::uint64_t m_made = 0;      // lines finished
    std::uint64_t m_first = 0;     // number of the first line that is read, and made
    std::uint64_t m_sourced = 0;   // number of the line that is read
    std::deque<Mark> &m_marks;
    std::size_t m_nextMark = 0;
    std::vector<std::pair<std::size_t, std::uint64_t>> m_moved; // index and new line of marks
    std::uint64_t m_screenMade = 0; // m_made before the screen's own lines
    bool m_cursorFound = false;
    std::uint64_t m_cursorLine = 0; // counted like m_made
    int m_cursorColumn = 0;
};

} // namespace quarry::terminal
