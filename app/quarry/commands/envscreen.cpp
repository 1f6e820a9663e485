// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands/envscreen.h"

#include <QList>

namespace quarry::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr char plain[] = "\033[0m";
constexpr char bold[] = "\033[1m";
constexpr char dim[] = "\033[2m";

QByteArray sgr(int code)
{
    return "\033[" + QByteArray::number(code) + 'm';
}

// What each cell of a board is shown in.
QByteArray colourOf(const QString &game, QByteArrayView word)
{
    const char first = word.front();
    if (game == "Sokoban"_L1) {
        if (first == '#')
            return dim;
        if (first == 'X')
            return sgr(33);
        if (first == 'O')
            return sgr(35);
        return first == 'P' ? bold + sgr(36) : first == '_' ? QByteArray(dim) : sgr(32);
    }
    if (game == "Minesweeper"_L1) {
        static constexpr int byCount[] = {90, 34, 32, 31, 35, 33, 36, 37, 37};
        if (first >= '0' && first <= '8' && word.size() == 1)
            return sgr(byCount[first - '0']);
        return first == 'F' ? bold + sgr(31) : first == '*' ? sgr(41) : QByteArray(dim);
    }
    if (game == "Game2048"_L1) {
        const int tile = word.toInt();
        int power = 0;
        for (int n = tile; n > 1; n /= 2)
            ++power;
        return tile == 0 ? QByteArray(dim) : sgr(31 + power % 6);
    }
    if (first == '.' || first == '_')
        return dim;
    return {};
}

QByteArray keysOf(const QString &game)
{
    return movesByArrows(game) ? "arrows move" : "type a move, Enter plays it";
}

QByteArray endOf(const EnvironmentView &view)
{
    if (view.truncated)
        return "Out of turns.";
    return view.terminated ? "The end." : "";
}

void appendLines(QByteArray &out, QByteArrayView text)
{
    for (const QByteArray &line : text.toByteArray().split('\n'))
        out += "  " + line + "\r\n";
}

} // namespace

QString gameOf(const QString &envId)
{
    return envId.section(u':', 1).section(u'-', 0, 0);
}

bool movesByArrows(const QString &game)
{
    return game == "Sokoban"_L1 || game == "Game2048"_L1 || game == "FifteenPuzzle"_L1;
}

QByteArray boxed(const QByteArray &typed)
{
    return typed.contains("\\boxed{") ? typed : "\\boxed{" + typed.trimmed() + '}';
}

QByteArray coloured(const QString &game, std::string_view board)
{
    QByteArray out;
    for (std::size_t at = 0; at < board.size();) {
        const bool isWord = board[at] != ' ' && board[at] != '\n';
        std::size_t end = at;
        while (end < board.size() && (board[end] != ' ' && board[end] != '\n') == isWord)
            ++end;
        const QByteArrayView part(board.data() + at, qsizetype(end - at));
        const QByteArray colour = isWord ? colourOf(game, part) : QByteArray();
        out += colour + part.toByteArray();
        if (!colour.isEmpty())
            out += plain;
        at = end;
    }
    return out;
}

QByteArray screenOf(const EnvironmentView &view)
{
    const QString game = gameOf(view.envId);
    std::string observation;
    std::string suffix;
    view.environment->appendObservation(observation);
    view.environment->appendSuffix(suffix);
    QByteArray out = "\033[H\033[2J\r\n  ";
    out += bold + game.toUtf8() + plain + "  " + dim + view.envId.toUtf8() + "  seed "
        + QByteArray::number(view.seed) + plain + "\r\n  turn "
        + QByteArray::number(view.environment->turn()) + " of "
        + QByteArray::number(view.environment->maxTurns()) + "   reward "
        + QByteArray::number(view.reward, 'g', 4) + "\r\n\r\n";
    appendLines(out, coloured(game, suffix));
    out += "\r\n";
    appendLines(out, QByteArrayView(observation));
    out += "\r\n";
    if (view.terminated) {
        out += "  " + QByteArray(bold) + endOf(view) + plain + "\r\n\r\n  " + dim
            + "Enter: once more   n: the next seed   q: leave" + plain;
    } else {
        out += "  " + QByteArray(dim) + keysOf(game) + "   Tab: a legal move   Ctrl-C: leave"
            + plain + "\r\n\r\n  > " + view.typed;
    }
    return out;
}

} // namespace quarry::cli
