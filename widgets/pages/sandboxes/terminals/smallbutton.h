// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A button of the rows around a terminal.
#pragma once

#include "widgets/theme/buttonkind.h"

#include <QString>

class QPushButton;

namespace quarry::widgets {

// ICON may be empty.
QPushButton *smallButton(const QString &text, const QString &icon, ButtonKind kind);

} // namespace quarry::widgets
