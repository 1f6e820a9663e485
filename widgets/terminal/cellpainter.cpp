// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/cellpainter.h"

#include "widgets/terminal/boxdrawing.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace quarry::widgets {

using terminal::Cell;

namespace {

void paintCurl(QPainter &painter, const QRectF &where, QRgb ink, qreal line)
{
    QPainterPath path(where.bottomLeft());
    const qreal step = std::max(where.height(), 2 * line);
    bool up = true;
    for (qreal x = where.left(); x < where.right(); x += step, up = !up)
        path.quadTo({x + step / 2, up ? where.top() - step / 2 : where.bottom() + step / 2},
                    {std::min(x + step, where.right()), where.bottom()});
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(ink), line));
    painter.setClipRect(where.adjusted(0, -step, 0, step));
    painter.drawPath(path);
    painter.restore();
}

void paintUnderline(QPainter &painter, terminal::Underline kind, const QRectF &where, QRgb ink)
{
    using terminal::Underline;
    const qreal line = where.height();
    switch (kind) {
    case Underline::None:
        return;
    case Underline::Double:
        painter.fillRect(where.translated(0, -2 * line), QColor(ink));
        [[fallthrough]];
    case Underline::Single:
        painter.fillRect(where, QColor(ink));
        return;
    case Underline::Curly:
        paintCurl(painter, where.adjusted(0, -line, 0, 0), ink, line);
        return;
    case Underline::Dotted:
    case Underline::Dashed: {
        const qreal dash = kind == Underline::Dotted ? line : 3 * line;
        for (qreal x = where.left(); x < where.right(); x += 2 * dash)
            painter.fillRect(QRectF(x, where.top(), std::min(dash, where.right() - x), line),
                             QColor(ink));
    }
    }
}

} // namespace

CellPainter::CellPainter(QPainter &painter, TerminalFont &font, const TerminalPalette &palette,
                         bool reversed)
    : m_painter(painter), m_font(font), m_palette(palette), m_reversed(reversed)
{
}

FontFace CellPainter::faceOf(const terminal::Style &style)
{
    return FontFace((style.has(terminal::Bold) ? 1 : 0) | (style.has(terminal::Italic) ? 2 : 0));
}

void CellPainter::paint(const PaintedRow &painted)
{
    const int there = int(painted.row.cells.size());
    const int columns = painted.spans.empty() ? std::min(there, painted.columns) : painted.columns;
    static const Cell empty;
    const auto cellAt = [&](int column) -> const Cell & {
        return column < there ? painted.row.cells[size_t(column)] : empty;
    };
    m_colors.clear();
    for (int column = 0; column < columns; ++column)
        m_colors.push_back(colorsOf(painted, cellAt(column), column));
    paintGrounds(painted);
    const QSizeF size = m_font.cell();
    for (int column = 0; column < columns; ++column) {
        const Cell &each = cellAt(column);
        if (each.isSpacer())
            continue;
        CellColors &colors = m_colors[size_t(column)];
        const QPointF at(painted.left + column * size.width(), painted.top);
        if (!each.isBlank())
            addText(painted.row, each, at, colors.foreground);
        terminal::Style style = each.style;
        if (column >= painted.linkFrom && column < painted.linkTo
            && style.underline() == terminal::Underline::None) {
            style.setUnderline(terminal::Underline::Single);
            colors.underline = colors.foreground;
        }
        if (style.bits & ~(terminal::Bold | terminal::Italic))
            addLines(style, colors, at, each.isWide() ? 2 : 1);
    }
}

CellColors CellPainter::colorsOf(const PaintedRow &painted, const Cell &cell, int column) const
{
    static const terminal::Extra none;
    CellColors colors
        = m_palette.of(cell.style, painted.row.extras ? painted.row.extra(cell) : none, m_reversed);
    for (const CellSpan &span : painted.spans) {
        if (column >= span.from && column < span.to) {
            colors.background = span.ground;
            if (span.ink != 0)
                colors.foreground = span.ink;
        }
    }
    return colors;
}

// One rectangle for each run of a colour, below all that is drawn on it.
void CellPainter::paintGrounds(const PaintedRow &painted)
{
    const QSizeF size = m_font.cell();
    const QRgb blank = m_palette.ground(m_reversed);
    size_t from = 0;
    while (from < m_colors.size()) {
        const QRgb ground = m_colors[from].background;
        size_t to = from + 1;
        while (to < m_colors.size() && m_colors[to].background == ground)
            ++to;
        if (ground != blank)
            m_painter.fillRect(QRectF(painted.left + qreal(from) * size.width(), painted.top,
                                      qreal(to - from) * size.width(), size.height()),
                               QColor(ground));
        from = to;
    }
}

void CellPainter::addText(const terminal::RowView &row, const Cell &cell, QPointF at, QRgb ink)
{
    const char32_t code = cell.isCluster() ? 0 : cell.value();
    if (code >= 0x2500 && code <= 0x259f
        && paintBox(m_painter, {at, m_font.cell()}, code, QColor(ink), m_font.line()))
        return;
    const CellGlyphs &glyphs = m_font.glyphs(row, cell, faceOf(cell.style));
    for (const CellGlyphs::Part &part : glyphs.parts) {
        Run &run = runOf(part.font, ink);
        run.glyphs.append(part.glyph);
        run.positions.append(at + part.position + QPointF(0, m_font.baseline()));
    }
}

void CellPainter::addLines(const terminal::Style &style, const CellColors &colors, QPointF at,
                           int columns)
{
    const qreal width = columns * m_font.cell().width();
    const auto bar = [&](qreal y) { return QRectF(at.x(), at.y() + y, width, m_font.line()); };
    paintUnderline(m_painter, style.underline(), bar(m_font.underline()), colors.underline);
    if (style.has(terminal::Strike))
        m_painter.fillRect(bar(m_font.cell().height() / 2), QColor(colors.foreground));
    if (style.has(terminal::Overline))
        m_painter.fillRect(bar(0), QColor(colors.foreground));
}

CellPainter::Run &CellPainter::runOf(int font, QRgb ink)
{
    if (m_last < m_runs.size() && m_runs[m_last].font == font && m_runs[m_last].ink == ink)
        return m_runs[m_last];
    const auto found = std::find_if(m_runs.begin(), m_runs.end(), [&](const Run &run) {
        return run.font == font && run.ink == ink;
    });
    m_last = size_t(found - m_runs.begin());
    if (found == m_runs.end())
        m_runs.push_back({font, ink, {}, {}});
    return m_runs[m_last];
}

void CellPainter::flush()
{
    for (const Run &run : m_runs) {
        QGlyphRun glyphs;
        glyphs.setRawFont(m_font.rawFont(run.font));
        glyphs.setGlyphIndexes(run.glyphs);
        glyphs.setPositions(run.positions);
        m_painter.setPen(QColor(run.ink));
        m_painter.drawGlyphRun({}, glyphs);
    }
    m_runs.clear();
    m_last = 0;
}

void CellPainter::paintCell(const terminal::RowView &row, int column, QPointF at, QRgb ground,
                            QRgb ink)
{
    static const Cell empty;
    const Cell &cell = column < int(row.cells.size()) ? row.cells[size_t(column)] : empty;
    const qreal width = m_font.cell().width() * (cell.isWide() ? 2 : 1);
    m_painter.fillRect(QRectF(at.x(), at.y(), width, m_font.cell().height()), QColor(ground));
    if (!cell.isBlank() && !cell.isSpacer())
        addText(row, cell, at, ink);
    flush();
}

} // namespace quarry::widgets
