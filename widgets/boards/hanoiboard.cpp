// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/boards/boardart.h"

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr double towerWidth = 168;
constexpr double towerGap = 16;
constexpr double diskHeight = 24;
constexpr double foot = 8;
constexpr double nameHeight = 32;
constexpr std::array towerNames{u'A', u'B', u'C'};

int disksOf(const BoardScene &scene)
{
    return std::clamp(scene.board.value(u"disks").toInt(), 0, int(BoardMost));
}

double poleHeight(const BoardScene &scene)
{
    return std::max(4, disksOf(scene) + 1) * diskHeight;
}

QSizeF hanoiSize(const BoardScene &scene)
{
    if (disksOf(scene) == 0)
        return {};
    return {3 * towerWidth + 2 * towerGap, poleHeight(scene) + foot + nameHeight};
}

QJsonArray towerOf(const QJsonObject &board, char16_t name)
{
    return board.value(u"towers").toObject().value(QString(QChar(name))).toArray();
}

void paintDisk(QPainter &painter, double middle, double bottom, int disk, int disks,
               const BoardColors &colors)
{
    const double share = disks > 1 ? double(disk - 1) / (disks - 1) : 1;
    const double width = 36 + (towerWidth - 36) * std::clamp(share, 0.0, 1.0);
    const QRectF rect(middle - width / 2, bottom - diskHeight + 1, width, diskHeight - 2);
    paintTile(painter, rect, colors.hues[(disk - 1 + 8 * 8) % colors.hues.size()], 6);
    paintLabel(painter, rect, QString::number(disk), 14, colors.onHue);
}

void paintHanoi(QPainter &painter, const BoardScene &scene, const BoardColors &colors)
{
    const double height = poleHeight(scene);
    const int disks = disksOf(scene);
    for (std::size_t tower = 0; tower < towerNames.size(); ++tower) {
        const double left = double(tower) * (towerWidth + towerGap);
        const double middle = left + towerWidth / 2;
        paintTile(painter, {middle - 3, 0, 6, height + 4}, colors.wood, 3);
        paintTile(painter, {left, height, towerWidth, foot}, colors.wood, 2);
        paintLabel(painter, {left, height + foot + 4, towerWidth, nameHeight - 4},
                   QChar(towerNames[tower]), 18, colors.quiet, QFont::DemiBold);
        const QJsonArray stack = towerOf(scene.board, towerNames[tower]);
        for (qsizetype at = 0; at < std::min<qsizetype>(stack.size(), disks); ++at)
            paintDisk(painter, middle, height - double(at) * diskHeight,
                      std::clamp(stack.at(at).toInt(), 1, disks), disks, colors);
    }
}

QString hanoiWords(const BoardScene &scene)
{
    QStringList towers;
    for (const char16_t name : towerNames) {
        QStringList disks;
        const QJsonArray stack = towerOf(scene.board, name);
        for (const QJsonValue &disk : stack)
            disks.append(QString::number(disk.toInt()));
        towers.append(disks.isEmpty() ? Boards::tr("Tower %1 is empty.").arg(QChar(name))
                                      : Boards::tr("Tower %1, from the bottom: %2.")
                                            .arg(QChar(name))
                                            .arg(disks.join(QStringLiteral(", "))));
    }
    return towers.join(u' ');
}

} // namespace

BoardArt hanoiArt()
{
    return {hanoiSize, paintHanoi, hanoiWords};
}

} // namespace quarry::widgets
