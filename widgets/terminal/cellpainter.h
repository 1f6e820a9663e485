// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Paints rows of cells: backgrounds merged, text as glyph runs.
#pragma once

#include "widgets/terminal/terminalfont.h"
#include "widgets/terminal/terminalpalette.h"

#include <vector>

class QPainter;

namespace quarry::widgets {

// Columns that are shown in other colours: selected, or found.
struct CellSpan {
    int from;
    int to;
    QRgb ground;
    QRgb ink; // 0: the cell's own
};

struct PaintedRow {
    terminal::RowView row;
    qreal top; // where the row lies
    qreal left;
    int columns;
    std::vector<CellSpan> spans; // the last covers those before
    int linkFrom = 0; // underlined as a link
    int linkTo = 0;
};

class CellPainter
{
public:
    CellPainter(QPainter &painter, TerminalFont &font, const TerminalPalette &palette,
                bool reversed);

    void paint(const PaintedRow &row);
    // What paint() gathered. Once, at the end.
    void flush();

    // One cell in the given colours: under a block cursor.
    void paintCell(const terminal::RowView &row, int column, QPointF at, QRgb ground, QRgb ink);

private:
    struct Run {
        int font;
        QRgb ink;
        QList<quint32> glyphs;
        QList<QPointF> positions;
    };

    CellColors colorsOf(const PaintedRow &painted, const terminal::Cell &cell, int column) const;
    void paintGrounds(const PaintedRow &painted);
    void addText(const terminal::RowView &row, const terminal::Cell &cell, QPointF at, QRgb ink);
    void addLines(const terminal::Style &style, const CellColors &colors, QPointF at, int columns);
    Run &runOf(int font, QRgb ink);
    static FontFace faceOf(const terminal::Style &style);

    QPainter &m_painter;
    TerminalFont &m_font;
    const TerminalPalette &m_palette;
    const bool m_reversed;
    std::vector<CellColors> m_colors; // of the row that is painted
    std::vector<Run> m_runs;
    size_t m_last = 0;
};

} // namespace quarry::widgets
