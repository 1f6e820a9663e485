// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/boards/boardart.h"

namespace quarry::widgets {

namespace {

QSizeF minesSize(const BoardScene &scene)
{
    const QStringList rows = boardRows(scene.board);
    if (rows.value(0).isEmpty())
        return {};
    return {Gutter + double(rows[0].size()) * BoardCell, Gutter + double(rows.size()) * BoardCell};
}

void paintFlag(QPainter &painter, const QRectF &cell, const BoardColors &colors)
{
    const QPointF at = cell.topLeft();
    painter.setPen(QPen(colors.ink, 3, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(at + QPointF(18, 11), at + QPointF(18, 38));
    painter.drawLine(at + QPointF(13, 38), at + QPointF(25, 38));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.badInk);
    painter.drawPolygon(
        QPolygonF{at + QPointF(18, 11), at + QPointF(34, 18), at + QPointF(18, 25)});
}

void paintMine(QPainter &painter, const QRectF &cell, const BoardColors &colors)
{
    painter.save();
    painter.translate(cell.center());
    painter.setPen(QPen(colors.ink, 3, Qt::SolidLine, Qt::RoundCap));
    for (int spoke = 0; spoke < 4; ++spoke) {
        painter.drawLine(QPointF(-14, 0), QPointF(14, 0));
        painter.rotate(45);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.ink);
    painter.drawEllipse(QPointF(), 9.5, 9.5);
    painter.restore();
}

void paintMineCell(QPainter &painter, const QRectF &cell, QChar what, const BoardColors &colors)
{
    if (what == u'.' || what == u'F') {
        paintTile(painter, cell, colors.tileLow);
        paintTile(painter, cell.adjusted(1, 1, -1, -1), colors.tile, 2);
        paintTile(painter, {cell.x() + 3, cell.y() + 2, BoardCell - 6, 1.5}, colors.tileHigh);
        if (what == u'F')
            paintFlag(painter, cell, colors);
        return;
    }
    paintTile(painter, cell, colors.line);
    paintTile(painter, cell.adjusted(1, 1, -1, -1), colors.paper);
    if (what == u'*')
        paintMine(painter, cell, colors);
    else if (what >= u'1' && what <= u'8')
        paintLabel(painter, cell, what, 27, colors.mines[what.unicode() - u'1']);
}

void paintMines(QPainter &painter, const BoardScene &scene, const BoardColors &colors)
{
    const QStringList rows = boardRows(scene.board);
    const qsizetype columns = rows[0].size();
    paintIndices(painter, rows.size(), columns, 0, colors);
    for (qsizetype row = 0; row < rows.size(); ++row) {
        for (qsizetype column = 0; column < columns; ++column)
            paintMineCell(painter, cellRect(row, column).translated(Gutter, Gutter),
                          boardCell(rows, row, column), colors);
    }
}

QString mineWord(QChar what)
{
    if (what == u'.')
        return Boards::tr("hidden");
    if (what == u'F')
        return Boards::tr("flag");
    if (what == u'*')
        return Boards::tr("mine");
    return what;
}

QString minesWords(const BoardScene &scene)
{
    const QStringList rows = boardRows(scene.board);
    return Boards::tr("%1 mines.").arg(scene.board.value(u"mines").toInt()) + u' '
        + rowsInWords(rows.size(), rows.value(0).size(), [&](qsizetype row, qsizetype column) {
               return mineWord(boardCell(rows, row, column));
           });
}

} // namespace

BoardArt minesweeperArt()
{
    return {minesSize, paintMines, minesWords};
}

} // namespace quarry::widgets
