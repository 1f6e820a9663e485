// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/keyhint.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"
#include "widgets/theme/stylepainters.h"

#include <QPainter>

namespace quarry::widgets {

namespace {
constexpr int Height = 16;
}

int keyHintWidth(const QString &text)
{
    return QFontMetrics(themeFont(Type::Micro)).horizontalAdvance(text) + 11;
}

void paintKeyHint(QPainter &painter, const QRect &rect, const QString &text)
{
    const int width = keyHintWidth(text);
    const QRect key(rect.right() + 1 - width, rect.center().y() - Height / 2 + 1, width, Height);
    paintFace(painter, key, measures::RadiusSmall, look().color(Tone::Raised),
              look().color(Tone::Border));
    painter.save();
    painter.setFont(themeFont(Type::Micro));
    painter.setPen(look().color(Tone::TextSecondary));
    painter.drawText(key, Qt::AlignCenter, text);
    painter.restore();
}

KeyHint::KeyHint(const QKeySequence &keys, QWidget *parent)
    : KeyHint(keys.toString(QKeySequence::NativeText), parent)
{
}

KeyHint::KeyHint(const QString &text, QWidget *parent) : QWidget(parent), m_text(text)
{
    setAccessibleRole(this, QAccessible::StaticText);
    setAccessibleName(text);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize KeyHint::sizeHint() const
{
    return {keyHintWidth(m_text), Height};
}

void KeyHint::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintKeyHint(painter, rect(), m_text);
}

} // namespace quarry::widgets
