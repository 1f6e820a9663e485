// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// SGR, select graphic rendition: ECMA-48 8.3.117, colours of ITU T.416 with colons or xterm's
// semicolons, kitty's underline styles (4:n) and underline colours (58, 59).
#pragma once

#include "terminal/cells/cell.h"
#include "terminal/parser/sequence.h"

#include <string>

namespace quarry::terminal {

// Changes style and underline colour as the parameters say. What is unknown or malformed changes
// nothing.
void applyRendition(const Parameters &parameters, Style &style, Colour &underline);

// The parameters that make a style from the default one, as DECRQSS reports them: "0;1;38;5;208".
std::string renditionOf(const Style &style, Colour underline);

} // namespace quarry::terminal
