// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/boards/boardart.h"
#include "widgets/boards/guesslayout.h"

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr double keySide = 16;
constexpr double numberWidth = 32;

int codeLength(const BoardScene &scene)
{
    return std::clamp(scene.board.value(u"length").toInt(), 0, int(BoardMost));
}

// Two rows of pegs.
double keysWidth(int length)
{
    return double((length + 1) / 2) * keySide + 8;
}

GuessLayout mastermindRows(const BoardScene &scene)
{
    const int length = codeLength(scene);
    return {scene, numberWidth + length * BoardCell + keysWidth(length)};
}

QSizeF mastermindSize(const BoardScene &scene)
{
    return codeLength(scene) > 0 ? mastermindRows(scene).size() : QSizeF();
}

void paintPeg(QPainter &painter, QPointF middle, int number, const BoardColors &colors)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.hues[std::max(number - 1, 0) % colors.hues.size()]);
    painter.drawEllipse(middle, 18, 18);
    paintLabel(painter, {middle.x() - 15, middle.y() - 18, 30, 36}, QString::number(number), 19,
               colors.onHue);
}

void paintHole(QPainter &painter, QPointF middle, const BoardColors &colors)
{
    painter.setPen(QPen(colors.line, 2, Qt::CustomDashLine));
    QPen dashes(colors.line, 2);
    dashes.setDashPattern({2, 2});
    painter.setPen(dashes);
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(middle, 17, 17);
}

// Black ones are full, white ones are rings.
void paintKeys(QPainter &painter, const QRectF &rect, int length, int black, int white,
               const BoardColors &colors)
{
    const int columns = (length + 1) / 2;
    for (int at = 0; at < length; ++at) {
        const QPointF middle(rect.x() + 8 + keySide / 2 + (at % columns) * keySide,
                             rect.center().y() + (at < columns ? -8 : 8));
        if (at < black) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colors.ink);
            painter.drawEllipse(middle, 6, 6);
        } else if (at < black + white) {
            painter.setPen(QPen(colors.ink, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(middle, 5, 5);
        } else {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colors.line);
            painter.drawEllipse(middle, 2, 2);
        }
    }
}

void paintMastermind(QPainter &painter, const BoardScene &scene, const BoardColors &colors)
{
    const GuessLayout layout = mastermindRows(scene);
    const QJsonArray guesses = scene.board.value(u"guesses").toArray();
    const QJsonArray pegs = scene.board.value(u"pegs").toArray();
    const int length = codeLength(scene);
    for (int at = 0; at < layout.rows(); ++at) {
        const QRectF row = layout.row(at);
        const int guess = layout.first() + at;
        const bool made = guess < guesses.size();
        if (guess == guesses.size() - 1)
            paintTile(painter, row.adjusted(0, 2, 0, -2), colors.soft, 6);
        paintLabel(painter, {row.x(), row.y(), numberWidth - 4, row.height()},
                   QString::number(guess + 1), 14, colors.quiet, QFont::Medium);
        const QJsonArray numbers = guesses.at(guess).toArray();
        for (int place = 0; place < length; ++place) {
            const QPointF middle(row.x() + numberWidth + (place + .5) * BoardCell,
                                 row.center().y());
            if (made)
                paintPeg(painter, middle, numbers.at(place).toInt(), colors);
            else
                paintHole(painter, middle, colors);
        }
        const QJsonArray key = pegs.at(guess).toArray();
        paintKeys(painter, row.adjusted(numberWidth + length * BoardCell, 0, 0, 0), length,
                  made ? key.at(0).toInt() : 0, made ? key.at(1).toInt() : 0, colors);
    }
}

QString mastermindWords(const BoardScene &scene)
{
    const QJsonArray guesses = scene.board.value(u"guesses").toArray();
    const QJsonArray pegs = scene.board.value(u"pegs").toArray();
    QStringList lines{Boards::tr("A code of %1 numbers from 1 to %2.")
                          .arg(scene.board.value(u"length").toInt())
                          .arg(scene.board.value(u"numbers").toInt())};
    for (qsizetype at = 0; at < guesses.size(); ++at) {
        QStringList numbers;
        const QJsonArray guess = guesses.at(at).toArray();
        for (const QJsonValue &number : guess)
            numbers.append(QString::number(number.toInt()));
        const QJsonArray key = pegs.at(at).toArray();
        lines.append(Boards::tr("%1: %2 black, %3 white.")
                         .arg(numbers.join(u' '))
                         .arg(key.at(0).toInt())
                         .arg(key.at(1).toInt()));
    }
    return lines.join(u' ');
}

} // namespace

BoardArt mastermindArt()
{
    return {mastermindSize, paintMastermind, mastermindWords};
}

} // namespace quarry::widgets
