// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/figures.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPainter>
#include <QRawFont>

#include <algorithm>
#include <optional>

namespace quarry::widgets {

namespace {

struct FigureRun {
    QGlyphRun glyphs;
    qreal width = 0;
};

bool isDigit(QChar character)
{
    return character >= u'0' && character <= u'9';
}

// None where the font lacks a letter of TEXT or the letters are not one glyph each.
std::optional<FigureRun> layOut(const QFont &font, const QString &text)
{
    const QRawFont raw = QRawFont::fromFont(font);
    const QList<quint32> glyphs = raw.glyphIndexesForString(text);
    if (!raw.isValid() || glyphs.size() != text.size() || glyphs.contains(0u))
        return std::nullopt;
    const QList<quint32> digits = raw.glyphIndexesForString(QStringLiteral("0123456789"));
    qreal cell = 0;
    for (const QPointF &advance : raw.advancesForGlyphIndexes(digits))
        cell = std::max(cell, advance.x());

    const QList<QPointF> advances = raw.advancesForGlyphIndexes(glyphs);
    QList<QPointF> positions;
    positions.reserve(glyphs.size());
    FigureRun run;
    for (qsizetype i = 0; i < glyphs.size(); ++i) {
        const qreal advance = advances[i].x();
        const bool digit = isDigit(text[i]);
        positions.append({run.width + (digit ? (cell - advance) / 2 : 0), 0});
        run.width += digit ? cell : advance;
    }
    run.glyphs.setRawFont(raw);
    run.glyphs.setGlyphIndexes(glyphs);
    run.glyphs.setPositions(positions);
    return run;
}

} // namespace

qreal figuresWidth(const QFont &font, const QString &text)
{
    const auto run = layOut(font, text);
    return run ? run->width : QFontMetricsF(font).horizontalAdvance(text);
}

void paintFigures(QPainter &painter, const QRectF &rect, Qt::Alignment alignment,
                  const QString &text)
{
    const auto run = layOut(painter.font(), text);
    if (!run) {
        painter.drawText(rect, int(alignment | Qt::AlignVCenter), text);
        return;
    }
    const QFontMetricsF metrics(painter.font());
    const qreal x = alignment & Qt::AlignRight ? rect.right() - run->width : rect.left();
    const qreal y = rect.center().y() + (metrics.ascent() - metrics.descent()) / 2;
    painter.drawGlyphRun({x, qreal(qRound(y))}, run->glyphs);
}

} // namespace quarry::widgets
