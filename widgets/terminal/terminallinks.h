// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The link at a place of a terminal: one that the program made (OSC 8), or an address in its text.
#pragma once

#include "terminal/text/lines.h"

#include <QString>

#include <optional>

namespace quarry::widgets {

struct TerminalLink {
    QString target;
    std::uint64_t line = 0;
    int from = 0; // columns of this line
    int to = 0;

    bool operator==(const TerminalLink &) const = default;
};

std::optional<TerminalLink> linkAt(terminal::Lines &lines, terminal::Position at);

// Whether a click may hand it to the desktop: http, https, ftp and mailto only.
bool isSafeTarget(const QString &target);

} // namespace quarry::widgets
