// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// One game's picture. Painters draw in units, a cell is 48 by 48 of them, from the corner (0, 0).
#pragma once

#include "widgets/boards/boardcolors.h"
#include "widgets/boards/boardscene.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QPainter>

namespace quarry::widgets {

inline constexpr double BoardCell = 48;
// No board is larger: what comes from elsewhere may be.
inline constexpr qsizetype BoardMost = 64;

// Where the words of boards are translated.
class Boards
{
    Q_DECLARE_TR_FUNCTIONS(quarry::widgets::Boards)
};

struct BoardArt {
    QSizeF (*size)(const BoardScene &scene); // empty: cannot be read
    void (*paint)(QPainter &painter, const BoardScene &scene, const BoardColors &colors);
    QString (*words)(const BoardScene &scene);
};

BoardArt sokobanArt();
BoardArt minesweeperArt();
BoardArt game2048Art();
BoardArt fifteenArt();
BoardArt sudokuArt();
BoardArt hanoiArt();
BoardArt mastermindArt();
BoardArt guessArt();
BoardArt wordleArt();
BoardArt hangmanArt();
BoardArt wordSearchArt();
BoardArt crosswordsArt();

// The strings of "rows", or of another key.
QStringList boardRows(const QJsonObject &board, const char *key = "rows");
QChar boardCell(const QStringList &rows, qsizetype row, qsizetype column);
QRectF cellRect(qsizetype row, qsizetype column);

// Within RECT's middle, smaller where it would not fit. SIZE in units.
void paintLabel(QPainter &painter, const QRectF &rect, const QString &text, double size,
                const QColor &ink, int weight = QFont::Bold,
                Qt::Alignment alignment = Qt::AlignCenter);
void paintTile(QPainter &painter, const QRectF &rect, const QColor &fill, double radius = 0,
               const QColor &frame = {}, double width = 1);
// Numbers above and at the left of a grid at (Gutter, Gutter), the first one being FIRST.
inline constexpr double Gutter = 28;
void paintIndices(QPainter &painter, qsizetype rows, qsizetype columns, int first,
                  const BoardColors &colors);
// "Row 1: a, b. Row 2: …" of WORDS(row, column).
template <typename Words>
QString rowsInWords(qsizetype rows, qsizetype columns, Words words);
QString rowInWords(qsizetype row, const QStringList &cells);

template <typename Words>
QString rowsInWords(qsizetype rows, qsizetype columns, Words words)
{
    QStringList lines;
    for (qsizetype row = 0; row < rows; ++row) {
        QStringList cells;
        for (qsizetype column = 0; column < columns; ++column)
            cells.append(words(row, column));
        lines.append(rowInWords(row, cells));
    }
    return lines.join(u' ');
}

} // namespace quarry::widgets
