// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/terminal/terminalpalette.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace quarry::widgets {

namespace {

QRgb mixed(QRgb ink, QRgb ground)
{
    const auto mix = [](int a, int b) { return (2 * a + b) / 3; };
    return qRgb(mix(qRed(ink), qRed(ground)), mix(qGreen(ink), qGreen(ground)),
                mix(qBlue(ink), qBlue(ground)));
}

// WCAG 2.1, relative luminance and contrast.
double luminance(QRgb color)
{
    const auto linear = [](int part) {
        const double value = part / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(qRed(color)) + 0.7152 * linear(qGreen(color))
        + 0.0722 * linear(qBlue(color));
}

double contrast(QRgb a, QRgb b)
{
    const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
    return (light + 0.05) / (dark + 0.05);
}

// INK, or as much nearer to black or white as GROUND needs. The same as the ground is meant.
QRgb readable(QRgb ink, QRgb ground)
{
    constexpr double enough = 3;
    constexpr int steps = 8;
    if (ink == ground)
        return ink;
    const QRgb far = luminance(ground) > 0.18 ? qRgb(0, 0, 0) : qRgb(255, 255, 255);
    const auto part = [](int from, int to, int step) { return from + (to - from) * step / steps; };
    QRgb best = ink;
    for (int step = 1; contrast(best, ground) < enough && step <= steps; ++step)
        best = qRgb(part(qRed(ink), qRed(far), step), part(qGreen(ink), qGreen(far), step),
                    part(qBlue(ink), qBlue(far), step));
    return best;
}

std::optional<std::size_t> indexOf(terminal::Colour colour)
{
    if (colour.kind() == terminal::Colour::Kind::Default)
        return 16;
    const bool ours = colour.kind() == terminal::Colour::Kind::Indexed && colour.index() < 16;
    return ours ? std::optional<std::size_t>(colour.index()) : std::nullopt;
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
    for (size_t ground = 0; ground < m_colors.ansi.size(); ++ground) {
        for (size_t ink = 0; ink < m_readable.size(); ++ink)
            m_readable[ink][ground]
                = readable(ink < m_colors.ansi.size() ? m_colors.ansi[ink].rgb() : m_foreground,
                           m_colors.ansi[ground].rgb());
    }
}

CellColors TerminalPalette::of(const terminal::Style &style, const terminal::Extra &extra,
                               bool reversed) const
{
    const auto opaque = [](std::uint32_t rgb) { return QRgb(rgb) | 0xff000000U; };
    QRgb ink = opaque(m_table.of(style.foreground, m_table.foreground));
    QRgb ground = opaque(m_table.of(style.background, m_table.background));
    if (style.has(terminal::Inverse) != reversed) {
        std::swap(ink, ground);
    } else if (const auto under = indexOf(style.background); under && *under < 16) {
        if (const auto over = indexOf(style.foreground))
            ink = m_readable[*over][*under];
    }
    if (style.has(terminal::Faint))
        ink = mixed(ink, ground);
    if (style.has(terminal::Conceal))
        ink = ground;
    const QRgb line = opaque(m_table.of(extra.underline, ink & RGB_MASK));
    return {ink, ground, line};
}

} // namespace quarry::widgets
