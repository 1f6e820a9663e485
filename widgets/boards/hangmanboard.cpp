// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/boards/boardart.h"

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr double figureWidth = 176;
constexpr double figureHeight = 200;
constexpr double figureGap = 24;
constexpr double letterCell = 32;
constexpr int lettersInRow = 9;
constexpr int parts = 6; // of the figure

QString shownWord(const BoardScene &scene)
{
    return scene.board.value(u"word").toString().left(BoardMost);
}

double wordWidth(const BoardScene &scene)
{
    return std::max(double(shownWord(scene).size()) * 44, lettersInRow * letterCell);
}

QSizeF hangmanSize(const BoardScene &scene)
{
    return shownWord(scene).isEmpty()
        ? QSizeF()
        : QSizeF(figureWidth + figureGap + wordWidth(scene), figureHeight);
}

// The more turns are gone, the more of it there is.
void paintFigure(QPainter &painter, int shown, const BoardColors &colors)
{
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colors.wood, 6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawLine(QPointF(8, 192), QPointF(112, 192));
    painter.drawPolyline(QPolygonF{{40, 192}, {40, 12}, {124, 12}, {124, 36}});
    painter.drawLine(QPointF(40, 44), QPointF(72, 12));
    painter.setPen(QPen(colors.ink, 4, Qt::SolidLine, Qt::RoundCap));
    const std::array<QLineF, parts - 1> lines{QLineF(124, 76, 124, 128), QLineF(124, 88, 98, 108),
                                              QLineF(124, 88, 150, 108), QLineF(124, 128, 102, 164),
                                              QLineF(124, 128, 146, 164)};
    if (shown > 0)
        painter.drawEllipse(QPointF(124, 57), 18, 18);
    for (int part = 1; part < std::min(shown, parts); ++part)
        painter.drawLine(lines[std::size_t(part) - 1]);
}

void paintWord(QPainter &painter, const QString &word, const BoardColors &colors)
{
    for (qsizetype at = 0; at < word.size(); ++at) {
        const QRectF cell(double(at) * 44, 8, 40, 52);
        paintTile(painter, {cell.x(), cell.bottom() - 4, cell.width(), 4}, colors.quiet, 2);
        if (word[at] != u'_')
            paintLabel(painter, cell.adjusted(0, 0, 0, -6), word[at], 34, colors.ink);
    }
}

void paintAlphabet(QPainter &painter, const QString &tried, const QString &word,
                   const BoardColors &colors)
{
    for (int at = 0; at < 26; ++at) {
        const QChar letter(u'A' + at);
        const QRectF cell((at % lettersInRow) * letterCell, 92 + (at / lettersInRow) * letterCell,
                          letterCell - 4, letterCell - 4);
        const bool used = tried.contains(letter, Qt::CaseInsensitive);
        const bool found = word.contains(letter, Qt::CaseInsensitive);
        const QColor right = colors.look.state(State::Success);
        if (found)
            paintTile(painter, cell, colors.look.stateSoft(State::Success), 4, right, 1.5);
        else if (!used)
            paintTile(painter, cell, colors.paper, 4, colors.line);
        paintLabel(painter, cell, letter, 17,
                   found      ? right
                       : used ? colors.look.color(Tone::TextDisabled)
                              : colors.ink,
                   QFont::DemiBold);
        if (used && !found) {
            painter.setPen(QPen(colors.quiet, 1.5));
            painter.drawLine(cell.topLeft() + QPointF(5, 14), cell.topRight() + QPointF(-5, 14));
        }
    }
}

void paintHangman(QPainter &painter, const BoardScene &scene, const BoardColors &colors)
{
    const int turn = scene.board.value(u"turn").toInt();
    const int turns = std::max(1, scene.board.value(u"max_turns").toInt());
    const QString word = shownWord(scene);
    const bool complete = !word.contains(u'_');
    paintFigure(painter,
                complete ? std::min(parts - 1, turn * parts / turns) : turn * parts / turns,
                colors);
    painter.translate(figureWidth + figureGap, 0);
    paintWord(painter, word, colors);
    paintAlphabet(painter, scene.board.value(u"tried").toString(), word, colors);
}

QString hangmanWords(const BoardScene &scene)
{
    QStringList letters;
    for (const QChar letter : shownWord(scene))
        letters.append(letter == u'_' ? Boards::tr("unknown") : QString(letter));
    const QString tried = scene.board.value(u"tried").toString();
    return Boards::tr("Word: %1. Tried: %2.")
        .arg(letters.join(QStringLiteral(", ")), tried.isEmpty() ? Boards::tr("nothing") : tried);
}

} // namespace

BoardArt hangmanArt()
{
    return {hangmanSize, paintHangman, hangmanWords};
}

} // namespace quarry::widgets
