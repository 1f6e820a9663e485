// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/terminalpalette.h"

#include <utility>

namespace quarry::widgets {

namespace {

QRgb mixed(QRgb ink, QRgb ground)
{
    const auto mix = [](int a, int b) { return (2 * a + b) / 3; };
    return qRgb(mix(qRed(ink), qRed(ground)), mix(qGreen(ink), qGreen(ground)),
                mix(qBlue(ink), qBlue(ground)));
}

} // namespace

TerminalPalette::TerminalPalette(const Look &look)
    : m_colors(look.terminal()), m_table(terminal::Palette::standard()),
      m_foreground(m_colors.foreground.rgb()), m_background(m_colors.background.rgb())
{
    for (size_t i = 0; i < m_colors.ansi.size(); ++i)
        m_table.indexed[i] = m_colors.ansi[i].rgb() & RGB_MASK;
    m_table.foreground = m_foreground & RGB_MASK;
    m_table.background = m_background & RGB_MASK;
}

CellColors TerminalPalette::of(const terminal::Style &style, const terminal::Extra &extra,
                               bool reversed) const
{
    const auto opaque = [](std::uint32_t rgb) { return QRgb(rgb) | 0xff000000U; };
    QRgb ink = opaque(m_table.of(style.foreground, m_table.foreground));
    QRgb ground = opaque(m_table.of(style.background, m_table.background));
    if (style.has(terminal::Inverse) != reversed)
        std::swap(ink, ground);
    if (style.has(terminal::Faint))
        ink = mixed(ink, ground);
    if (style.has(terminal::Conceal))
        ink = ground;
    const QRgb line = opaque(m_table.of(extra.underline, ink & RGB_MASK));
    return {ink, ground, line};
}

} // namespace quarry::widgets
