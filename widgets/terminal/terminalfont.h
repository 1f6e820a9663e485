// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The fonts of a terminal: the size of a cell, and the glyphs of a cell's text in the first font
// that has them. What was looked up once is kept.
#pragma once

#include "terminal/cells/rowview.h"

#include <QFont>
#include <QGlyphRun>
#include <QHash>
#include <QRawFont>

#include <array>
#include <vector>

namespace quarry::widgets {

enum class FontFace : quint8 { Regular, Bold, Italic, BoldItalic };

// The glyphs of one cell, by font; positions are from the cell's left end on the base line.
struct CellGlyphs {
    struct Part {
        int font; // see TerminalFont::rawFont()
        quint32 glyph;
        QPointF position;
    };
    std::vector<Part> parts;
};

class TerminalFont
{
public:
    // Of PIXELS height; SCALE is the device's pixels of one of ours.
    TerminalFont(int pixels, qreal scale);

    // Whole device pixels; the base line is that of a row.
    QSizeF cell() const { return m_cell; }
    qreal baseline() const { return m_baseline; }
    qreal underline() const { return m_underline; } // below the top of a row
    qreal line() const { return m_line; } // the thickness of lines
    const QFont &font(FontFace face) const { return m_fonts[size_t(face)]; }

    // TEXT is of a cell with a character; WIDTH its columns.
    const CellGlyphs &glyphs(const terminal::RowView &row, const terminal::Cell &cell,
                             FontFace face);
    const QRawFont &rawFont(int number) const { return m_raw[size_t(number)]; }

private:
    CellGlyphs shape(const QString &text, FontFace face, int columns);
    int numberOf(const QRawFont &font);

    std::array<QFont, 4> m_fonts;
    std::vector<QRawFont> m_raw; // the four faces, then what others were needed
    std::array<std::array<CellGlyphs, 128>, 4> m_ascii;
    std::array<QHash<quint32, CellGlyphs>, 4> m_others; // one code point
    std::array<QHash<QString, CellGlyphs>, 4> m_clusters;
    QSizeF m_cell;
    qreal m_baseline = 0;
    qreal m_underline = 0;
    qreal m_line = 1;
};

} // namespace quarry::widgets
