// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The line icons of resources/icons, drawn in the theme's ink and sharp at any scale.
#pragma once

#include "widgets/theme/look.h"

#include <QIcon>

class QPainter;
class QRectF;

namespace quarry::widgets {

// NAME is the file's without ".svg". The icon takes its ink when it is painted, so that it follows
// a switch of the theme; disabled and selected ones take the theme's ink for those.
QIcon themedIcon(const QString &name, Tone tone = Tone::Text);

// The programs own icon, in its own colours.
QIcon applicationIcon();

void paintIcon(QPainter &painter, const QRectF &rect, const QString &name, const QColor &ink);

} // namespace quarry::widgets
