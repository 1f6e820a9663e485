// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/terminalfont.h"

#include "widgets/theme/fonts.h"

#include <QFontMetricsF>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace quarry::widgets {

namespace {

constexpr qreal LineHeight = 1.4; // of the letters' size
constexpr int RawFontsMax = 64;
constexpr qsizetype KeptMax = 20'000; // glyphs looked up, of each kind

QString textOf(const terminal::RowView &row, const terminal::Cell &cell)
{
    char32_t codes[terminal::Clusters::MaximumLength];
    const int count = row.clusters && cell.isCluster() ? row.clusters->codes(cell.text, codes)
                                                       : (codes[0] = cell.value(), 1);
    return QString::fromUcs4(codes, count);
}

} // namespace

TerminalFont::TerminalFont(int pixels, qreal scale)
{
    for (size_t face = 0; face < m_fonts.size(); ++face) {
        QFont font = themeFont(Type::Mono, face & 1 ? QFont::Bold : QFont::Normal);
        font.setItalic(face & 2);
        font.setPixelSize(pixels);
        m_fonts[face] = font;
        m_raw.push_back(QRawFont::fromFont(font));
    }
    const QFontMetricsF metrics(m_fonts[0]);
    const auto whole
        = [scale](qreal length) { return std::max(1.0, std::round(length * scale)) / scale; };
    m_cell = {whole(metrics.horizontalAdvance(QLatin1Char('M'))),
              whole(std::max(metrics.ascent() + metrics.descent(), LineHeight * pixels))};
    const qreal spare = m_cell.height() - metrics.ascent() - metrics.descent();
    m_baseline = whole(spare / 2 + metrics.ascent());
    m_line = whole(std::max(metrics.lineWidth(), pixels / 14.0));
    m_underline = std::min(whole(m_baseline + metrics.underlinePos()), m_cell.height() - m_line);
}

const CellGlyphs &TerminalFont::glyphs(const terminal::RowView &row, const terminal::Cell &cell,
                                       FontFace face)
{
    const auto index = size_t(face);
    const int columns = cell.isWide() ? 2 : 1;
    if (!cell.isCluster() && cell.value() < 128) {
        CellGlyphs &found = m_ascii[index][cell.value()];
        if (found.parts.empty())
            found = shape(QString(QChar(ushort(cell.value()))), face, columns);
        return found;
    }
    const auto look = [&](auto &kept, const auto &key) -> const CellGlyphs & {
        const auto found = kept.constFind(key);
        if (found != kept.cend())
            return *found;
        if (kept.size() >= KeptMax)
            kept.clear();
        return *kept.insert(key, shape(textOf(row, cell), face, columns));
    };
    return cell.isCluster() ? look(m_clusters[index], textOf(row, cell))
                            : look(m_others[index], cell.value());
}

// Qt finds the font that has a character; its glyph is put in the middle of the cell.
CellGlyphs TerminalFont::shape(const QString &text, FontFace face, int columns)
{
    CellGlyphs result;
    const QRawFont own = m_raw[size_t(face)];
    const QList<quint32> plain = own.glyphIndexesForString(text);
    if (plain.size() == 1 && plain.first() != 0) {
        result.parts.push_back({int(face), plain.first(), {}});
        return result;
    }
    QFont font = m_fonts[size_t(face)];
    font.setStyleStrategy(QFont::PreferAntialias); // marks and emoji need shaping
    QTextLayout layout(text, font);
    layout.beginLayout();
    QTextLine line = layout.createLine();
    layout.endLayout();
    const qreal left = std::max(0.0, (columns * m_cell.width() - line.naturalTextWidth()) / 2);
    for (const QGlyphRun &run : layout.glyphRuns()) {
        const int number = numberOf(run.rawFont());
        const QList<quint32> glyphs = run.glyphIndexes();
        const QList<QPointF> positions = run.positions();
        for (qsizetype i = 0; i < glyphs.size() && number >= 0; ++i)
            result.parts.push_back(
                {number, glyphs[i], {positions[i].x() + left, positions[i].y() - line.ascent()}});
    }
    return result;
}

int TerminalFont::numberOf(const QRawFont &font)
{
    const auto found = std::find(m_raw.cbegin(), m_raw.cend(), font);
    if (found != m_raw.cend())
        return int(found - m_raw.cbegin());
    if (m_raw.size() >= RawFontsMax)
        return -1;
    m_raw.push_back(font);
    return int(m_raw.size()) - 1;
}

} // namespace quarry::widgets
