// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the view looks.
#include "widgets/terminal/cellpainter.h"
#include "widgets/terminal/terminalmeasures.h"
#include "widgets/terminal/terminalview.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/style.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr QRgb Opaque = 0xff000000U;

// The part of a line that a range of text covers.
std::pair<int, int> columnsOf(terminal::Position begin, terminal::Position end, std::uint64_t line,
                              int width)
{
    return {line == begin.line ? begin.column : 0, line == end.line ? end.column : width};
}

} // namespace

std::vector<CellSpan> TerminalView::spansOf(std::uint64_t line) const
{
    std::vector<CellSpan> spans;
    const int width = emulator().screen().columns();
    const auto &matches = m_search.matches();
    auto match = std::lower_bound(
        matches.cbegin(), matches.cend(), line,
        [](const terminal::Match &each, std::uint64_t at) { return each.end.line < at; });
    for (; match != matches.cend() && match->begin.line <= line; ++match) {
        const auto [from, to] = columnsOf(match->begin, match->end, line, width);
        const bool current = match - matches.cbegin() == m_search.current();
        spans.push_back(
            {from, to, look().color(current ? Tone::Accent : Tone::MatchFind).rgb() | Opaque,
             look().color(current ? Tone::OnAccent : Tone::OnMatchFind).rgb() | Opaque});
    }
    if (m_selection && line >= m_selection->begin.line && line <= m_selection->end.line) {
        const bool block = m_selection->kind == terminal::Selection::Kind::Block;
        const auto [from, to] = block
            ? std::pair(m_selection->begin.column, m_selection->end.column)
            : columnsOf(m_selection->begin, m_selection->end, line, width);
        spans.push_back({from, to, m_palette.colors().selection.rgb() | Opaque, 0});
    }
    return spans;
}

void TerminalView::paintEvent(QPaintEvent *event)
{
    if (m_scale != devicePixelRatioF()) { // another screen
        makeFont();
        fitGrid();
    }
    QPainter painter(viewport());
    const bool reversed = m_surface && emulator().reverseVideo();
    for (const QRect &rect : event->region()) {
        painter.fillRect(rect, QColor(m_palette.ground(reversed)));
        if (m_surface)
            paintRows(painter, rect);
    }
    if (!m_surface)
        return;
    paintCursor(painter);
    paintPreedit(painter);
    if (m_bell.isActive()) {
        painter.setPen(QPen(look().color(Tone::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

void TerminalView::paintRows(QPainter &painter, const QRect &dirty)
{
    using namespace terminalmeasures;
    const QSizeF cell = m_font->cell();
    const terminal::Screen &screen = emulator().screen();
    terminal::Lines lines(emulator());
    const auto rowAt = [&](int y) { return std::max(0, int((y - Top) / cell.height())); };
    const int first = rowAt(dirty.top());
    const int last = std::min(rowAt(dirty.bottom()), visibleRows() - 1);
    if (!screen.isAlternate())
        paintGutter(painter, first, last);
    if (dirty.right() < Gutter)
        return;
    const qreal left = Gutter - horizontalScrollBar()->value() * cell.width();
    painter.save();
    painter.setClipRect(QRect(Gutter, dirty.top(), viewport()->width() - Gutter, dirty.height()));
    CellPainter cells(painter, *m_font, m_palette, emulator().reverseVideo());
    for (int i = first; i <= last; ++i) {
        const std::uint64_t line = m_top + std::uint64_t(i);
        if (line >= lines.end())
            break;
        PaintedRow row{lines.row(line), Top + i * cell.height(), left, screen.columns(),
                       spansOf(line)};
        if (m_link && m_linkActive && m_link->line == line) {
            row.linkFrom = m_link->from;
            row.linkTo = m_link->to;
        }
        cells.paint(row);
        ++m_paintedRows;
    }
    cells.flush();
    painter.restore();
}

// A tick for success, the code of a failure, a triangle where one runs or is awaited.
void TerminalView::paintGutter(QPainter &painter, int first, int last)
{
    using namespace terminalmeasures;
    const qreal height = m_font->cell().height();
    const auto marks = commandsIn(emulator().marks(), m_top + std::uint64_t(first),
                                  m_top + std::uint64_t(last) + 1);
    for (const CommandMark &mark : marks) {
        const qreal top = Top + qreal(mark.line - m_top) * height;
        const QRectF rect((Gutter - Mark) / 2.0, top + (height - Mark) / 2, Mark, Mark);
        if (mark.state != CommandMark::State::Ended) {
            const QPointF middle = rect.center();
            painter.setPen(Qt::NoPen);
            painter.setBrush(look().state(widgets::State::Running));
            painter.setRenderHint(QPainter::Antialiasing);
            painter.drawPolygon(QPolygonF{middle + QPointF(-2, -3), middle + QPointF(2.5, 0),
                                          middle + QPointF(-2, 3)});
        } else if (mark.exitCode <= 0) {
            QPen pen(look().state(widgets::State::Success), 1.5, Qt::SolidLine, Qt::RoundCap,
                     Qt::RoundJoin);
            painter.setPen(pen);
            painter.setRenderHint(QPainter::Antialiasing);
            const QPointF at = rect.center();
            painter.drawPolyline(
                QPolygonF{at + QPointF(-3, 0), at + QPointF(-1, 2.5), at + QPointF(3.5, -3)});
        } else {
            painter.setPen(look().state(widgets::State::Failed));
            painter.setFont(themeFont(Type::Micro));
            painter.drawText(QRectF(0, top, Gutter, height), Qt::AlignCenter,
                             QString::number(mark.exitCode));
        }
    }
}

void TerminalView::paintCursor(QPainter &painter)
{
    const terminal::CursorLook &look = emulator().cursorLook();
    const terminal::Screen &screen = emulator().screen();
    const std::uint64_t line = cursorLine();
    if (!look.visible || line < m_top || line >= m_top + std::uint64_t(visibleRows()))
        return;
    const QSizeF cell = m_font->cell();
    const int column = std::min(screen.cursor().column, screen.columns() - 1);
    const QPointF at(terminalmeasures::Gutter
                         + (column - horizontalScrollBar()->value()) * cell.width(),
                     terminalmeasures::Top + qreal(line - m_top) * cell.height());
    const QColor ink = m_palette.colors().cursor;
    const qreal thick = m_font->line();
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (!hasFocus() || !m_interactive) {
        painter.fillRect(QRectF(at, QSizeF(cell.width(), thick)), ink);
        painter.fillRect(QRectF(at, QSizeF(thick, cell.height())), ink);
        painter.fillRect(QRectF(at.x(), at.y() + cell.height() - thick, cell.width(), thick), ink);
        painter.fillRect(QRectF(at.x() + cell.width() - thick, at.y(), thick, cell.height()), ink);
        return;
    }
    if (!m_cursorOn)
        return;
    switch (look.shape) {
    case terminal::CursorShape::Block:
        CellPainter(painter, *m_font, m_palette, false)
            .paintCell(screen.row(screen.cursor().row), column, at, ink.rgb(),
                       m_palette.colors().cursorText.rgb());
        break;
    case terminal::CursorShape::Underline:
        painter.fillRect(
            QRectF(at.x(), at.y() + cell.height() - 2 * thick, cell.width(), 2 * thick), ink);
        break;
    case terminal::CursorShape::Bar:
        painter.fillRect(QRectF(at, QSizeF(2 * thick, cell.height())), ink);
    }
}

void TerminalView::paintPreedit(QPainter &painter)
{
    if (m_preedit.isEmpty())
        return;
    const QRect at = cellRect(cursorLine(), emulator().screen().cursor().column);
    painter.setFont(m_font->font(FontFace::Regular));
    const qreal width = QFontMetricsF(painter.font()).horizontalAdvance(m_preedit);
    const QRectF box(at.left(), at.top(), width, m_font->cell().height());
    painter.fillRect(box, m_palette.colors().selection);
    painter.setPen(m_palette.colors().foreground);
    painter.drawText(QPointF(box.left(), box.top() + m_font->baseline()), m_preedit);
    painter.fillRect(QRectF(box.left(), box.top() + m_font->underline(), width, m_font->line()),
                     m_palette.colors().foreground);
}

} // namespace quarry::widgets
