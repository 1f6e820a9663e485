// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// 2048 and the fifteen puzzle: squares of numbers that slide.
#include "widgets/boards/boardart.h"

#include <bit>

namespace quarry::widgets {

namespace {

constexpr double slidingEdge = 6;

using Numbers = QList<QList<qint64>>;

Numbers numbersOf(const QJsonObject &board)
{
    Numbers numbers;
    const QJsonArray rows = board.value(u"rows").toArray();
    for (qsizetype row = 0; row < std::min<qsizetype>(rows.size(), BoardMost); ++row) {
        QList<qint64> line;
        const QJsonArray cells = rows.at(row).toArray();
        for (qsizetype column = 0; column < std::min<qsizetype>(cells.size(), BoardMost); ++column)
            line.append(cells.at(column).toInteger());
        numbers.append(line);
    }
    return numbers;
}

QSizeF slidingSize(const BoardScene &scene)
{
    const Numbers rows = numbersOf(scene.board);
    if (rows.value(0).isEmpty())
        return {};
    return {double(rows[0].size()) * BoardCell + 2 * slidingEdge,
            double(rows.size()) * BoardCell + 2 * slidingEdge};
}

QRectF slidingCell(qsizetype row, qsizetype column)
{
    return cellRect(row, column).translated(slidingEdge, slidingEdge);
}

void paintSlidingGround(QPainter &painter, const BoardScene &scene, const BoardColors &colors)
{
    paintTile(painter, QRectF(QPointF(), slidingSize(scene)), colors.tileLow, 8);
}

void paint2048(QPainter &painter, const BoardScene &scene, const BoardColors &colors)
{
    paintSlidingGround(painter, scene, colors);
    const Numbers rows = numbersOf(scene.board);
    for (qsizetype row = 0; row < rows.size(); ++row) {
        for (qsizetype column = 0; column < rows[row].size(); ++column) {
            const qint64 number = rows[row][column];
            const QRectF cell = slidingCell(row, column).adjusted(2, 2, -2, -2);
            const int power = number > 0 ? int(std::bit_width(quint64(number))) - 2 : -1;
            const QColor ground = power < 0
                ? colors.floorLine
                : colors.ramp[std::min<qsizetype>(power, colors.ramp.size() - 1)];
            paintTile(painter, cell, ground, 4);
            if (number > 0)
                paintLabel(painter, cell.adjusted(4, 0, -4, 0), QString::number(number), 23,
                           BoardColors::inkOn(ground));
        }
    }
}

void paintFifteen(QPainter &painter, const BoardScene &scene, const BoardColors &colors)
{
    paintSlidingGround(painter, scene, colors);
    const Numbers rows = numbersOf(scene.board);
    for (qsizetype row = 0; row < rows.size(); ++row) {
        for (qsizetype column = 0; column < rows[row].size(); ++column) {
            const qint64 number = rows[row][column];
            const QRectF cell = slidingCell(row, column).adjusted(2, 2, -2, -2);
            if (number == 0) {
                paintTile(painter, cell, colors.floorLine, 4);
                continue;
            }
            const bool home = number == row * rows[row].size() + column + 1;
            paintTile(painter, cell, home ? colors.accent : colors.tileLow.darker(120), 4);
            const QRectF face = cell.adjusted(0, 0, 0, -3);
            paintTile(painter, face, home ? colors.soft : colors.tile, 4);
            paintLabel(painter, face, QString::number(number), 22, colors.ink, QFont::DemiBold);
        }
    }
}

QString slidingWords(const BoardScene &scene, const QString &none)
{
    const Numbers rows = numbersOf(scene.board);
    return rowsInWords(rows.size(), rows.value(0).size(), [&](qsizetype row, qsizetype column) {
        const qint64 number = rows[row].value(column);
        return number > 0 ? QString::number(number) : none;
    });
}

} // namespace

BoardArt game2048Art()
{
    return {slidingSize, paint2048, [](const BoardScene &scene) {
                return Boards::tr("Target %1.").arg(scene.board.value(u"target").toInteger()) + u' '
                    + slidingWords(scene, Boards::tr("empty"));
            }};
}

BoardArt fifteenArt()
{
    return {slidingSize, paintFifteen,
            [](const BoardScene &scene) { return slidingWords(scene, Boards::tr("gap")); }};
}

} // namespace quarry::widgets
