// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/boards/boardart.h"

#include "widgets/theme/fonts.h"

#include <QFontMetricsF>

#include <algorithm>

namespace quarry::widgets {

QStringList boardRows(const QJsonObject &board, const char *key)
{
    QStringList rows;
    const QJsonArray array = board.value(QLatin1String(key)).toArray();
    const qsizetype count = std::min<qsizetype>(array.size(), BoardMost);
    for (qsizetype row = 0; row < count; ++row)
        rows.append(array.at(row).toString().left(BoardMost));
    return rows;
}

QChar boardCell(const QStringList &rows, qsizetype row, qsizetype column)
{
    const QString line = rows.value(row);
    return column >= 0 && column < line.size() ? line.at(column) : QChar();
}

QRectF cellRect(qsizetype row, qsizetype column)
{
    return {double(column) * BoardCell, double(row) * BoardCell, BoardCell, BoardCell};
}

void paintLabel(QPainter &painter, const QRectF &rect, const QString &text, double size,
                const QColor &ink, int weight, Qt::Alignment alignment)
{
    QFont font = themeFont(Type::Body, QFont::Weight(weight));
    font.setPixelSize(std::max(1, int(size)));
    font.setHintingPreference(QFont::PreferNoHinting);
    const double width = QFontMetricsF(font).horizontalAdvance(text);
    if (width > rect.width() && alignment == Qt::AlignCenter)
        font.setPixelSize(std::max(1, int(size * rect.width() / width)));
    painter.setFont(font);
    painter.setPen(ink);
    const QString shown = QFontMetricsF(font).elidedText(text, Qt::ElideRight, rect.width() + 1);
    painter.drawText(rect, int(alignment) | Qt::TextSingleLine | Qt::TextDontClip, shown);
}

void paintTile(QPainter &painter, const QRectF &rect, const QColor &fill, double radius,
               const QColor &frame, double width)
{
    painter.setBrush(fill);
    painter.setPen(frame.isValid() ? QPen(frame, width) : QPen(Qt::NoPen));
    const double inset = frame.isValid() ? width / 2 : 0;
    const QRectF inner = rect.adjusted(inset, inset, -inset, -inset);
    if (radius > 0)
        painter.drawRoundedRect(inner, radius, radius);
    else
        painter.drawRect(inner);
}

void paintIndices(QPainter &painter, qsizetype rows, qsizetype columns, int first,
                  const BoardColors &colors)
{
    const auto paint = [&](const QRectF &rect, qsizetype number) {
        paintLabel(painter, rect, QString::number(number + first), 17, colors.quiet, QFont::Medium);
    };
    for (qsizetype column = 0; column < columns; ++column)
        paint({Gutter + double(column) * BoardCell, 0, BoardCell, Gutter - 4}, column);
    for (qsizetype row = 0; row < rows; ++row)
        paint({0, Gutter + double(row) * BoardCell, Gutter - 4, BoardCell}, row);
}

QString rowInWords(qsizetype row, const QStringList &cells)
{
    return Boards::tr("Row %1: %2.").arg(row + 1).arg(cells.join(QStringLiteral(", ")));
}

} // namespace quarry::widgets
