// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/iconentry.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/style.h"

#include <QPainter>

namespace quarry::widgets {

namespace {
constexpr int IconLeft = 8;
constexpr int IconGap = 6;
} // namespace

IconEntry::IconEntry(const QString &icon, QWidget *parent) : QLineEdit(parent), m_icon(icon)
{
    setTextMargins(measures::IconSmall + IconGap, 0, 0, 0);
}

void IconEntry::setType(Type type)
{
    setFont(themeFont(type));
    m_size = type == Type::Title ? measures::IconNormal + 2 : measures::IconSmall;
    setTextMargins(m_size + (type == Type::Title ? measures::SpaceM : IconGap), 0, 0, 0);
}

void IconEntry::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const QRectF place(IconLeft, (height() - m_size) / 2.0, m_size, m_size);
    paintIcon(painter, place, m_icon,
              look().color(isEnabled() ? Tone::TextSecondary : Tone::TextDisabled));
}

} // namespace quarry::widgets
