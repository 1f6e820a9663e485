// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/iconentry.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"

#include <QPainter>

namespace quarry::widgets {

namespace {
constexpr int IconLeft = 8;
constexpr int TextLeft = 20; // after the style's own margin
} // namespace

IconEntry::IconEntry(const QString &icon, QWidget *parent) : QLineEdit(parent), m_icon(icon)
{
    setTextMargins(TextLeft, 0, 0, 0);
}

void IconEntry::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const QRectF place(IconLeft, (height() - measures::IconSmall) / 2.0, measures::IconSmall,
                       measures::IconSmall);
    paintIcon(painter, place, m_icon,
              look().color(isEnabled() ? Tone::TextSecondary : Tone::TextDisabled));
}

} // namespace quarry::widgets
