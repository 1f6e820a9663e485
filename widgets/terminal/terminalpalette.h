// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The colours of a terminal's cells, from the theme's.
#pragma once

#include "terminal/text/html.h"
#include "widgets/theme/look.h"

#include <array>

namespace quarry::widgets {

struct CellColors {
    QRgb foreground;
    QRgb background;
    QRgb underline;
};

class TerminalPalette
{
public:
    explicit TerminalPalette(const Look &look);

    // What the cell shows; REVERSED is the whole screen's (DECSCNM). Two of the sixteen colours,
    // which are the scheme's and not the program's, can be read on each other: contrast 3 at least.
    CellColors of(const terminal::Style &style, const terminal::Extra &extra, bool reversed) const;
    QRgb ground(bool reversed) const { return reversed ? m_foreground : m_background; }
    const terminal::Palette &table() const { return m_table; } // for copies as HTML
    const TerminalColors &colors() const { return m_colors; }

private:
    TerminalColors m_colors;
    terminal::Palette m_table;
    QRgb m_foreground;
    QRgb m_background;
    std::array<std::array<QRgb, 16>, 17> m_readable; // ink, the last one the default, on ground
};

} // namespace quarry::widgets
