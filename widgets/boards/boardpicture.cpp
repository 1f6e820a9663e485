// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/boards/boardpicture.h"

#include "widgets/boards/boardart.h"
#include "widgets/theme/style.h"

#include <QHash>

#include <algorithm>
#include <cmath>
#include <optional>

namespace quarry::widgets {

namespace {

std::optional<BoardArt> artOf(const QString &game)
{
    static const QHash<QString, BoardArt (*)()> arts{
        {QStringLiteral("Sokoban"), sokobanArt},
        {QStringLiteral("Minesweeper"), minesweeperArt},
        {QStringLiteral("Game2048"), game2048Art},
        {QStringLiteral("FifteenPuzzle"), fifteenArt},
        {QStringLiteral("Sudoku"), sudokuArt},
        {QStringLiteral("TowerofHanoi"), hanoiArt},
        {QStringLiteral("Mastermind"), mastermindArt},
        {QStringLiteral("GuessTheNumber"), guessArt},
        {QStringLiteral("Wordle"), wordleArt},
        {QStringLiteral("Hangman"), hangmanArt},
        {QStringLiteral("WordSearch"), wordSearchArt},
        {QStringLiteral("Crosswords"), crosswordsArt}};
    const auto found = arts.constFind(game);
    return found == arts.constEnd() ? std::nullopt : std::optional((*found)());
}

// Device pixels of a cell where they are more than a few, so that all cells are alike.
double scaleFor(const QSizeF &size, const QSizeF &area, double ratio)
{
    const double fitting = std::min(area.width() / size.width(), area.height() / size.height());
    const double cell = fitting * BoardCell * ratio;
    return cell < 4 ? fitting : std::floor(cell) / BoardCell / ratio;
}

} // namespace

bool hasPicture(const QString &game)
{
    return artOf(game).has_value();
}

QString gameOf(const QString &envId)
{
    return envId.section(u':', 1).section(u'-', 0, 0);
}

void paintBoard(QPainter &painter, const QRectF &area, const BoardScene &scene)
{
    const std::optional<BoardArt> art = artOf(scene.game);
    const QSizeF size = art && !scene.board.isEmpty() ? art->size(scene) : QSizeF();
    if (size.isEmpty() || area.isEmpty())
        return;
    const double ratio = painter.device()->devicePixelRatioF();
    const double scale = scaleFor(size, area.size(), ratio);
    const auto snapped = [ratio](double at) { return std::ceil(at * ratio) / ratio; };
    painter.save();
    painter.setClipRect(area);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing
                           | QPainter::SmoothPixmapTransform);
    painter.translate(snapped(area.x() + (area.width() - size.width() * scale) / 2),
                      snapped(area.y() + (area.height() - size.height() * scale) / 2));
    painter.scale(scale, scale);
    art->paint(painter, scene, BoardColors(look()));
    painter.restore();
}

QString boardInWords(const BoardScene &scene)
{
    const std::optional<BoardArt> art = artOf(scene.game);
    if (!art || scene.board.isEmpty())
        return {};
    const QString turns = Boards::tr("Turn %1 of %2.")
                              .arg(scene.board.value(u"turn").toInt())
                              .arg(scene.board.value(u"max_turns").toInt());
    return turns + u' ' + art->words(scene);
}

} // namespace quarry::widgets
