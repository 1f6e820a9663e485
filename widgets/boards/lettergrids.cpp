// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Word search and crosswords: squares of letters.
#include "widgets/boards/boardart.h"

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr double clueHeight = 30;
constexpr qsizetype cluesMost = 12;

QSizeF gridSize(const BoardScene &scene)
{
    const QStringList rows = boardRows(scene.board);
    if (rows.value(0).isEmpty())
        return {};
    return {Gutter + double(rows[0].size()) * BoardCell, Gutter + double(rows.size()) * BoardCell};
}

void paintSearch(QPainter &painter, const BoardScene &scene, const BoardColors &colors)
{
    const QStringList rows = boardRows(scene.board);
    const QStringList marks = boardRows(scene.board, "marks");
    paintIndices(painter, rows.size(), rows[0].size(), 0, colors);
    painter.translate(Gutter, Gutter);
    paintTile(painter, {0, 0, double(rows[0].size()) * BoardCell, double(rows.size()) * BoardCell},
              colors.paper, 0, colors.line);
    for (qsizetype row = 0; row < rows.size(); ++row) {
        for (qsizetype column = 0; column < rows[0].size(); ++column) {
            const QRectF cell = cellRect(row, column);
            const bool found = boardCell(marks, row, column) == u'#';
            if (found)
                paintTile(painter, cell.adjusted(2, 2, -2, -2),
                          colors.look.stateSoft(State::Success), 6,
                          colors.look.state(State::Success), 2);
            paintLabel(painter, cell, boardCell(rows, row, column), 24,
                       found ? colors.look.state(State::Success) : colors.ink,
                       found ? QFont::Bold : QFont::Normal);
        }
    }
}

QString searchWords(const BoardScene &scene)
{
    const QStringList rows = boardRows(scene.board);
    const QStringList marks = boardRows(scene.board, "marks");
    return Boards::tr("%1 of %2 words found.")
               .arg(scene.board.value(u"found").toInt())
               .arg(scene.board.value(u"words").toInt())
        + u' '
        + rowsInWords(rows.size(), rows.value(0).size(), [&](qsizetype row, qsizetype column) {
               const QString letter = boardCell(rows, row, column);
               return boardCell(marks, row, column) == u'#' ? Boards::tr("%1 found").arg(letter)
                                                            : letter;
           });
}

QStringList cluesOf(const QJsonObject &board)
{
    QStringList lines;
    const QJsonArray clues = board.value(u"clues").toArray();
    for (qsizetype at = 0; at < std::min<qsizetype>(clues.size(), cluesMost); ++at) {
        const QJsonObject clue = clues.at(at).toObject();
        const bool down = clue.value(u"direction").toString() == u"down";
        lines.append(QStringLiteral("%1 %2 · %3")
                         .arg(down ? Boards::tr("down") : Boards::tr("across"))
                         .arg(clue.value(u"length").toInt())
                         .arg(clue.value(u"clue").toString()));
    }
    return lines;
}

// Cells are few among blanks: as wide as the clues need, too.
QSizeF crosswordsSize(const BoardScene &scene)
{
    const QSizeF grid = gridSize(scene);
    if (grid.isEmpty())
        return {};
    return {std::max(grid.width(), 560.0),
            grid.height() + 16 + double(cluesOf(scene.board).size()) * clueHeight};
}

void paintCrosswords(QPainter &painter, const BoardScene &scene, const BoardColors &colors)
{
    const QStringList rows = boardRows(scene.board);
    const QStringList before = boardRows(scene.before);
    const QSizeF whole = crosswordsSize(scene);
    const QSizeF grid = gridSize(scene);
    painter.save();
    painter.translate((whole.width() - grid.width()) / 2, 0);
    paintIndices(painter, rows.size(), rows[0].size(), 0, colors);
    painter.translate(Gutter, Gutter);
    for (qsizetype row = 0; row < rows.size(); ++row) {
        for (qsizetype column = 0; column < rows[0].size(); ++column) {
            const QChar letter = boardCell(rows, row, column);
            const QRectF cell = cellRect(row, column);
            if (letter == u'.') {
                paintTile(painter, cell, colors.floorLine);
                continue;
            }
            const bool fresh = letter != u'_' && boardCell(before, row, column) == u'_';
            paintTile(painter, cell, fresh ? colors.soft : colors.paper, 0, colors.quiet, 1.5);
            if (letter != u'_')
                paintLabel(painter, cell, letter, 26, colors.ink, QFont::DemiBold);
        }
    }
    painter.restore();
    double top = grid.height() + 16;
    for (const QString &clue : cluesOf(scene.board)) {
        paintLabel(painter, {0, top, whole.width(), clueHeight}, clue, 21, colors.ink,
                   QFont::Normal, Qt::AlignLeft | Qt::AlignVCenter);
        top += clueHeight;
    }
}

QString crosswordsWords(const BoardScene &scene)
{
    const QStringList rows = boardRows(scene.board);
    return rowsInWords(rows.size(), rows.value(0).size(),
                       [&](qsizetype row, qsizetype column) {
                           const QChar letter = boardCell(rows, row, column);
                           return letter == u'.' ? Boards::tr("none")
                               : letter == u'_'  ? Boards::tr("empty")
                                                 : QString(letter);
                       })
        + u' ' + cluesOf(scene.board).join(QStringLiteral(". "));
}

} // namespace

BoardArt wordSearchArt()
{
    return {gridSize, paintSearch, searchWords};
}

BoardArt crosswordsArt()
{
    return {crosswordsSize, paintCrosswords, crosswordsWords};
}

} // namespace quarry::widgets
