// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/boards/boardart.h"
#include "widgets/boards/guesslayout.h"

#include <algorithm>

namespace quarry::widgets {

namespace {

int wordLength(const BoardScene &scene)
{
    return std::clamp(scene.board.value(u"length").toInt(), 0, int(BoardMost));
}

GuessLayout wordleRows(const BoardScene &scene)
{
    return {scene, wordLength(scene) * BoardCell};
}

QSizeF wordleSize(const BoardScene &scene)
{
    return wordLength(scene) > 0 ? wordleRows(scene).size() : QSizeF();
}

// Full: right. A frame and a dot: elsewhere. Neither: absent.
void paintLetter(QPainter &painter, const QRectF &cell, QChar letter, QChar mark,
                 const BoardColors &colors)
{
    const Look &look = colors.look;
    if (mark == u'G') {
        const QColor ground = look.state(State::Success);
        paintTile(painter, cell, ground, 4);
        paintLabel(painter, cell, letter, 26,
                   look.scheme() == Scheme::Light ? QColor(Qt::white) : colors.onHue);
    } else if (mark == u'Y') {
        paintTile(painter, cell, look.stateSoft(State::Warning), 4, look.state(State::Warning),
                  2.5);
        paintLabel(painter, cell, letter, 26, colors.ink);
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.state(State::Warning));
        painter.drawEllipse(cell.topRight() + QPointF(-8, 8), 3, 3);
    } else {
        paintTile(painter, cell, colors.tile, 4);
        paintLabel(painter, cell, letter, 26, colors.quiet, QFont::Medium);
    }
}

void paintWordle(QPainter &painter, const BoardScene &scene, const BoardColors &colors)
{
    const GuessLayout layout = wordleRows(scene);
    const QJsonArray guesses = scene.board.value(u"guesses").toArray();
    const QJsonArray feedback = scene.board.value(u"feedback").toArray();
    for (int at = 0; at < layout.rows(); ++at) {
        const QRectF row = layout.row(at);
        const QString word = guesses.at(layout.first() + at).toString();
        const QString marks = feedback.at(layout.first() + at).toString();
        for (int place = 0; place < wordLength(scene); ++place) {
            const QRectF cell(row.x() + place * BoardCell + 2, row.y() + 4, BoardCell - 4,
                              BoardCell - 4);
            if (place < word.size() && place < marks.size())
                paintLetter(painter, cell, word[place], marks[place], colors);
            else
                paintTile(painter, cell, colors.paper, 4, colors.line, 1.5);
        }
    }
}

QString letterWord(QChar mark)
{
    return mark == u'G' ? Boards::tr("right")
        : mark == u'Y'  ? Boards::tr("elsewhere")
                        : Boards::tr("absent");
}

QString wordleWords(const BoardScene &scene)
{
    const QJsonArray guesses = scene.board.value(u"guesses").toArray();
    const QJsonArray feedback = scene.board.value(u"feedback").toArray();
    QStringList lines{Boards::tr("A word of %1 letters.").arg(wordLength(scene))};
    for (qsizetype at = 0; at < guesses.size(); ++at) {
        QStringList letters;
        const QString word = guesses.at(at).toString();
        const QString marks = feedback.at(at).toString();
        for (qsizetype place = 0; place < std::min(word.size(), marks.size()); ++place)
            letters.append(QString(word[place]) + u' ' + letterWord(marks[place]));
        lines.append(letters.join(QStringLiteral(", ")) + u'.');
    }
    return lines.join(u' ');
}

} // namespace

BoardArt wordleArt()
{
    return {wordleSize, paintWordle, wordleWords};
}

} // namespace quarry::widgets
