// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Guess the number: a line of all numbers, what of it is left, and the guesses.
#include "widgets/boards/boardart.h"

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr double lineWidth = 640;
constexpr double lineTop = 76;
constexpr double lineHeight = 20;
constexpr double lineSide = 24;
constexpr double chipWidth = 120;
constexpr double chipHeight = 40;
constexpr double chipsTop = 156;
constexpr int chipsInRow = 5;
constexpr qsizetype chipsMost = 30;

struct Guess {
    qint64 number;
    QString place; // where the target lies
};

struct Guesses {
    qint64 least, greatest; // of the line
    qint64 low, high; // of what is left
    QList<Guess> made;
};

Guesses guessesOf(const QJsonObject &board)
{
    Guesses out{board.value(u"min").toInteger(), board.value(u"max").toInteger(), 0, 0, {}};
    out.low = out.least;
    out.high = out.greatest;
    const QJsonArray array = board.value(u"guesses").toArray();
    for (const QJsonValue &value : array) {
        const Guess guess{value.toArray().at(0).toInteger(), value.toArray().at(1).toString()};
        if (guess.place != u"lower")
            out.low = std::max(out.low, guess.number + qint64(guess.place == u"higher"));
        if (guess.place != u"higher")
            out.high = std::min(out.high, guess.number - qint64(guess.place == u"lower"));
        out.made.append(guess);
    }
    return out;
}

double placeOf(const Guesses &guesses, double number)
{
    const double span = double(std::max<qint64>(guesses.greatest - guesses.least, 1));
    return lineSide + (lineWidth - 2 * lineSide) * (number - double(guesses.least)) / span;
}

qsizetype chipRows(const BoardScene &scene)
{
    const qsizetype made = std::min(scene.board.value(u"guesses").toArray().size(), chipsMost);
    return std::max<qsizetype>(1, (made + chipsInRow - 1) / chipsInRow);
}

QSizeF guessSize(const BoardScene &scene)
{
    if (scene.board.value(u"max").toInteger() <= scene.board.value(u"min").toInteger())
        return {};
    return {lineWidth, chipsTop + double(chipRows(scene)) * (chipHeight + 8)};
}

void paintLine(QPainter &painter, const Guesses &guesses, const BoardColors &colors)
{
    paintTile(painter, {lineSide - 10, lineTop, lineWidth - 2 * lineSide + 20, lineHeight},
              colors.tile, 6);
    if (guesses.low <= guesses.high) {
        const double left = placeOf(guesses, double(guesses.low)) - 10;
        const double right = placeOf(guesses, double(guesses.high)) + 10;
        paintTile(painter, {left, lineTop, right - left, lineHeight}, colors.accent, 6);
    }
    const auto number = [&](qint64 value, Qt::Alignment side) {
        paintLabel(
            painter, {lineSide - 10, lineTop + lineHeight + 6, lineWidth - 2 * lineSide + 20, 26},
            QString::number(value), 17, colors.quiet, QFont::Medium, side | Qt::AlignVCenter);
    };
    number(guesses.least, Qt::AlignLeft);
    number(guesses.greatest, Qt::AlignRight);
    const QString left = guesses.low == guesses.high
        ? Boards::tr("it is %1").arg(guesses.low)
        : Boards::tr("between %1 and %2").arg(guesses.low).arg(guesses.high);
    paintLabel(painter, {120, lineTop + lineHeight + 6, lineWidth - 240, 26}, left, 18, colors.ink,
               QFont::DemiBold);
}

// The last one with its number, the others as marks.
void paintMarks(QPainter &painter, const Guesses &guesses, const BoardColors &colors)
{
    for (qsizetype at = 0; at < guesses.made.size(); ++at) {
        const double x = placeOf(guesses, double(guesses.made[at].number));
        const bool last = at == guesses.made.size() - 1;
        painter.setPen(Qt::NoPen);
        painter.setBrush(last ? colors.ink : colors.quiet);
        const double wide = last ? 8 : 5;
        painter.drawPolygon(QPolygonF{{x, lineTop - 2},
                                      {x - wide, lineTop - 4 - 2 * wide},
                                      {x + wide, lineTop - 4 - 2 * wide}});
        if (last) {
            const double middle = std::clamp(x, 40.0, lineWidth - 40);
            paintLabel(painter, {middle - 40, 10, 80, 40}, QString::number(guesses.made[at].number),
                       30, colors.ink);
        }
    }
}

QString guessSign(const QString &place)
{
    return place == u"higher" ? QStringLiteral("↑")
        : place == u"lower"   ? QStringLiteral("↓")
                              : QStringLiteral("✓");
}

QString guessWord(const QString &place)
{
    return place == u"higher" ? Boards::tr("higher")
        : place == u"lower"   ? Boards::tr("lower")
                              : Boards::tr("hit");
}

void paintGuess(QPainter &painter, const BoardScene &scene, const BoardColors &colors)
{
    const Guesses guesses = guessesOf(scene.board);
    paintLine(painter, guesses, colors);
    paintMarks(painter, guesses, colors);
    const qsizetype first = std::max<qsizetype>(0, guesses.made.size() - chipsMost);
    for (qsizetype at = first; at < guesses.made.size(); ++at) {
        const Guess &guess = guesses.made[at];
        const auto place = double((at - first) % chipsInRow);
        const auto row = double((at - first) / chipsInRow);
        const QRectF chip(4 + place * (chipWidth + 8), chipsTop + row * (chipHeight + 8), chipWidth,
                          chipHeight);
        const bool hit = guess.place == u"hit";
        paintTile(painter, chip, hit ? colors.look.stateSoft(State::Success) : colors.paper, 6,
                  hit ? colors.look.state(State::Success) : colors.line, hit ? 2 : 1);
        paintLabel(painter, chip.adjusted(8, 0, -8, 0),
                   QStringLiteral("%1 %2 %3")
                       .arg(guess.number)
                       .arg(guessSign(guess.place), guessWord(guess.place)),
                   17, hit ? colors.look.state(State::Success) : colors.ink, QFont::Medium);
    }
}

QString guessWords(const BoardScene &scene)
{
    const Guesses guesses = guessesOf(scene.board);
    QStringList lines{
        Boards::tr("A number from %1 to %2.").arg(guesses.least).arg(guesses.greatest)};
    for (const Guess &guess : guesses.made)
        lines.append(QStringLiteral("%1: %2.").arg(guess.number).arg(guessWord(guess.place)));
    if (!guesses.made.isEmpty())
        lines.append(Boards::tr("It lies between %1 and %2.").arg(guesses.low).arg(guesses.high));
    return lines.join(u' ');
}

} // namespace

BoardArt guessArt()
{
    return {guessSize, paintGuess, guessWords};
}

} // namespace quarry::widgets
