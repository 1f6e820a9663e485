// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/boards/boardart.h"

#include <cmath>

namespace quarry::widgets {

namespace {

QSizeF sudokuSize(const BoardScene &scene)
{
    const double side = double(boardRows(scene.board).size()) * BoardCell;
    return side > 0 ? QSizeF(Gutter + side + 1, Gutter + side + 1) : QSizeF();
}

void paintSudoku(QPainter &painter, const BoardScene &scene, const BoardColors &colors)
{
    const QStringList rows = boardRows(scene.board);
    const QStringList start = boardRows(scene.start);
    const QStringList before = boardRows(scene.before);
    const qsizetype side = rows.size();
    const auto block = qsizetype(std::lround(std::sqrt(double(side))));
    paintIndices(painter, side, side, 1, colors);
    painter.translate(Gutter, Gutter);
    for (qsizetype row = 0; row < side; ++row) {
        for (qsizetype column = 0; column < side; ++column) {
            const QRectF cell = cellRect(row, column);
            const QChar digit = boardCell(rows, row, column);
            const bool given = start.isEmpty() || boardCell(start, row, column) == digit;
            const bool fresh
                = digit != u'.' && !before.isEmpty() && boardCell(before, row, column) == u'.';
            paintTile(painter, cell,
                      fresh                         ? colors.soft
                          : digit == u'.' || !given ? colors.paper
                                                    : colors.floor);
            if (digit != u'.')
                paintLabel(painter, cell, digit, 25, given ? colors.ink : colors.accent,
                           given ? QFont::Bold : QFont::DemiBold);
        }
    }
    for (qsizetype at = 0; at <= side; ++at) {
        const bool edge = block > 0 && at % block == 0;
        painter.setPen(
            QPen(edge ? colors.quiet : colors.line, edge ? 2 : 1, Qt::SolidLine, Qt::SquareCap));
        const double along = double(at) * BoardCell;
        const double end = double(side) * BoardCell;
        painter.drawLine(QPointF(along, 0), QPointF(along, end));
        painter.drawLine(QPointF(0, along), QPointF(end, along));
    }
}

QString sudokuWords(const BoardScene &scene)
{
    const QStringList rows = boardRows(scene.board);
    return rowsInWords(rows.size(), rows.size(), [&](qsizetype row, qsizetype column) {
        const QChar digit = boardCell(rows, row, column);
        return digit == u'.' ? Boards::tr("empty") : QString(digit);
    });
}

} // namespace

BoardArt sudokuArt()
{
    return {sudokuSize, paintSudoku, sudokuWords};
}

} // namespace quarry::widgets
