// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/boards/boardart.h"

#include "widgets/theme/resources.h"

#include <QPixmapCache>
#include <QSvgRenderer>

namespace quarry::widgets {

namespace {

// Of SIDE device pixels.
QPixmap sokobanTile(const QString &name, Scheme scheme, int side)
{
    const QString path
        = QStringLiteral(":/quarry/tiles/%1/sokoban-%2.svg")
              .arg(scheme == Scheme::Light ? QStringLiteral("light") : QStringLiteral("dark"),
                   name);
    const QString key = path + u'/' + QString::number(side);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    initResources();
    pixmap = QPixmap(side, side);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(path);
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(0, 0, side, side));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QString tileName(QChar cell)
{
    switch (cell.unicode()) {
    case u'#':
        return QStringLiteral("wall");
    case u'.':
        return QStringLiteral("target");
    case u'$':
        return QStringLiteral("box");
    case u'*':
        return QStringLiteral("box-on-target");
    case u'@':
        return QStringLiteral("player");
    case u'+':
        return QStringLiteral("player-on-target");
    default:
        return QStringLiteral("floor");
    }
}

QString sokobanWord(QChar cell)
{
    switch (cell.unicode()) {
    case u'#':
        return Boards::tr("wall");
    case u'.':
        return Boards::tr("target");
    case u'$':
        return Boards::tr("box");
    case u'*':
        return Boards::tr("box on target");
    case u'@':
        return Boards::tr("player");
    case u'+':
        return Boards::tr("player on target");
    default:
        return Boards::tr("floor");
    }
}

QPoint playerOf(const QStringList &rows)
{
    for (qsizetype row = 0; row < rows.size(); ++row) {
        const qsizetype column = std::max(rows[row].indexOf(u'@'), rows[row].indexOf(u'+'));
        if (column >= 0)
            return {int(column), int(row)};
    }
    return {-1, -1};
}

// In the cell that the player left, towards where it went.
void paintTrace(QPainter &painter, QPoint from, QPoint to, const QColor &ink)
{
    const QPoint way = to - from;
    if (from.x() < 0 || way.manhattanLength() != 1)
        return;
    painter.save();
    painter.translate(cellRect(from.y(), from.x()).center());
    painter.rotate(way.x() > 0 ? 0 : way.x() < 0 ? 180 : way.y() > 0 ? 90 : -90);
    painter.setPen(QPen(ink, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawLine(QPointF(-8, 0), QPointF(8, 0));
    painter.drawPolyline(QPolygonF{{3, -5}, {8, 0}, {3, 5}});
    painter.restore();
}

QSizeF sokobanSize(const BoardScene &scene)
{
    const QStringList rows = boardRows(scene.board);
    return {double(rows.value(0).size()) * BoardCell, double(rows.size()) * BoardCell};
}

void paintSokoban(QPainter &painter, const BoardScene &scene, const BoardColors &colors)
{
    const QStringList rows = boardRows(scene.board);
    const int side = qRound(BoardCell * painter.deviceTransform().m11());
    for (qsizetype row = 0; row < rows.size(); ++row) {
        for (qsizetype column = 0; column < rows[0].size(); ++column) {
            const QString name = tileName(boardCell(rows, row, column));
            const QPixmap tile = sokobanTile(name, colors.look.scheme(), std::max(side, 1));
            painter.drawPixmap(cellRect(row, column), tile, QRectF(tile.rect()));
        }
    }
    paintTrace(painter, playerOf(boardRows(scene.before)), playerOf(rows), colors.accent);
}

QString sokobanWords(const BoardScene &scene)
{
    const QStringList rows = boardRows(scene.board);
    return rowsInWords(rows.size(), rows.value(0).size(), [&](qsizetype row, qsizetype column) {
        return sokobanWord(boardCell(rows, row, column));
    });
}

} // namespace

BoardArt sokobanArt()
{
    return {sokobanSize, paintSokoban, sokobanWords};
}

} // namespace quarry::widgets
