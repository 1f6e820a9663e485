// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The fonts of the workbench: Inter and JetBrains Mono where they are installed, else the system's.
#pragma once

#include <QFont>

namespace quarry::widgets {

enum class Type {
    Micro, // rail, axis ticks, key hints
    Small, // table cells and headers, badges, strips
    Body, // buttons, inputs, prose
    Title, // of a page and of a detail
    Display, // an empty page's heading
    Mono, // code, ids
    MonoSmall, // ids in tables
};

// Sizes are in pixels, so that rows and rails keep their measures.
QFont themeFont(Type type, QFont::Weight weight = QFont::Normal);

} // namespace quarry::widgets
