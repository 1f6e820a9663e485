// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/boards/boardcolors.h"

#include <initializer_list>

namespace quarry::widgets {

namespace {

QList<QColor> colorsOf(std::initializer_list<QRgb> values)
{
    QList<QColor> colors;
    for (const QRgb value : values)
        colors.append(QColor::fromRgb(value));
    return colors;
}

} // namespace

BoardColors::BoardColors(const Look &of) : look(of)
{
    const bool light = of.scheme() == Scheme::Light;
    const auto pick
        = [light](QRgb inLight, QRgb inDark) { return QColor::fromRgb(light ? inLight : inDark); };
    floor = pick(0xF1F0EC, 0x26292A);
    floorLine = pick(0xE9E8E3, 0x2B2E30);
    paper = of.color(Tone::Surface);
    line = pick(0xC9C9C4, 0x43484A);
    ink = of.color(Tone::Text);
    quiet = of.color(Tone::TextSecondary);
    tile = pick(0xD6D7D2, 0x3E4446);
    tileHigh = pick(0xE7E8E4, 0x4E5557);
    tileLow = pick(0xB4B6B1, 0x2E3335);
    accent = of.color(Tone::Accent);
    soft = of.color(Tone::AccentSoft);
    badInk = of.state(State::Failed);
    wood = pick(0xA8A297, 0x77736A);
    onHue = pick(0xFFFFFF, 0x14191A);
    hues = light
        ? colorsOf({0x0B6B72, 0xC2571A, 0x4C5FBD, 0x8F7016, 0xB0417E, 0x2A7D4F, 0x7A6A5C, 0x2B7FB0})
        : colorsOf(
              {0x4DB8B5, 0xF0915A, 0x95A5F5, 0xDDBE55, 0xE58ABF, 0x6FCB8B, 0xB9A898, 0x7CC4F0});
    mines = light
        ? colorsOf({0x1F5FBF, 0x20703A, 0xB3261E, 0x4C3A9E, 0x8A3A00, 0x0B6B72, 0x1D2021, 0x5A5F60})
        : colorsOf(
              {0x7DB1FF, 0x6FCB8B, 0xFF8F85, 0xB7A8FF, 0xF0915A, 0x4DB8B5, 0xE6E7E4, 0xAAB0AF});
    ramp = light ? colorsOf({0xEEF1EE, 0xDCE9E6, 0xC0DCD9, 0x9CCBC8, 0x74B5B3, 0x4D9C9B, 0x2A8283,
                             0x0B6B72, 0x0A5760, 0xF2C879, 0xD99A2B})
                 : colorsOf({0x2C3334, 0x2B4142, 0x2A5152, 0x296364, 0x2B7678, 0x348B8C, 0x4DA3A1,
                             0x74BDBA, 0xA2D6D2, 0xE0B25C, 0xF5D08A});
}

QColor BoardColors::inkOn(const QColor &ground)
{
    const auto dark = QColor::fromRgb(0x14292B);
    return qGray(ground.rgb()) > 128 ? dark : QColor(Qt::white);
}

} // namespace quarry::widgets
