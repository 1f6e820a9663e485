// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// quarry-boards FOLDER: pictures of every game's boards, light and dark.
#include "boardsample.h"
#include "widgets/boards/boardpicture.h"
#include "widgets/theme/style.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QPainter>

using namespace quarry;
using namespace quarry::widgets;
using namespace quarry::widgets::test;

namespace {

constexpr QSize tileSize(520, 460);
constexpr int gap = 16;
constexpr int across = 4;

bool shootBoards(const QString &path)
{
    QStringList kinds{
        QStringLiteral("Sokoban-v0-hard"),    QStringLiteral("Minesweeper-v0-hard"),
        QStringLiteral("Game2048-v0-hard"),   QStringLiteral("FifteenPuzzle-v0-hard"),
        QStringLiteral("Sudoku-v0-hard"),     QStringLiteral("TowerofHanoi-v0-hard"),
        QStringLiteral("Mastermind-v0-hard"), QStringLiteral("GuessTheNumber-v0-hard"),
        QStringLiteral("Wordle-v0-hard"),     QStringLiteral("Hangman-v0-hard"),
        QStringLiteral("WordSearch-v0-easy"), QStringLiteral("Crosswords-v0-easy")};
    const int rows = int(kinds.size() + across - 1) / across;
    QImage image(across * (tileSize.width() + gap) + gap, rows * (tileSize.height() + gap) + gap,
                 QImage::Format_RGB32);
    image.fill(look().color(Tone::Window));
    QPainter painter(&image);
    for (int at = 0; at < kinds.size(); ++at) {
        const QRect tile({gap + at % across * (tileSize.width() + gap),
                          gap + at / across * (tileSize.height() + gap)},
                         tileSize);
        painter.fillRect(tile, look().color(Tone::Sunken));
        const auto *kind = gem::environmentKind("game:" + kinds[at].toStdString());
        const int steps = kinds[at].startsWith(u"Game2048") ? 45
            : kinds[at].startsWith(u"GuessTheNumber")       ? 5
                                                            : 9;
        paintBoard(painter, tile.adjusted(gap, gap, -gap, -gap), sampleScene(*kind, 11, steps));
    }
    painter.end();
    return image.save(path);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QDir folder(QString::fromLocal8Bit(argc > 1 ? argv[1] : "."));
    Theme theme(SchemeChoice::Light);
    if (!folder.mkpath(QStringLiteral("."))
        || !shootBoards(folder.filePath(QStringLiteral("boards-light.png"))))
        return 1;
    theme.setChoice(SchemeChoice::Dark);
    return shootBoards(folder.filePath(QStringLiteral("boards-dark.png"))) ? 0 : 1;
}
