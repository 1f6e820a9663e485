// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/railitem.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"
#include "widgets/theme/stylepainters.h"

#include <QPainter>

#include <algorithm>

namespace quarry::widgets {

namespace {
constexpr int IconTop = 8;
constexpr int TextTop = 31;
constexpr int TextHeight = 16;
constexpr int BadgeHeight = 14;
constexpr int MostCounted = 999;
} // namespace

RailItem::RailItem(const QString &title, const QString &icon, QWidget *parent)
    : QPushButton(title, parent), m_icon(icon)
{
    setCheckable(true);
    setAutoExclusive(true);
    setAccessibleName(title);
    setProperty("ownFocus", true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RailItem::setBadge(const Badge &badge)
{
    m_badge = badge;
    setAccessibleName(
        badge.count > 0 && !badge.text.isEmpty() ? tr("%1, %2").arg(text(), badge.text) : text());
    setToolTip(badge.count > 0 ? badge.text.toHtmlEscaped() : QString());
    update();
}

QSize RailItem::sizeHint() const
{
    return {measures::RailWidth - 1, measures::RailItem};
}

void RailItem::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Look &colors = look();
    const bool hovered = underMouse() && isEnabled();
    if (isChecked())
        painter.fillRect(rect(), colors.color(Tone::Surface));
    else if (hovered)
        painter.fillRect(rect(), colors.color(Tone::Hover));
    if (isChecked())
        painter.fillRect(0, 0, 3, height(), colors.color(Tone::Accent));

    const QRectF icon((measures::RailWidth - measures::IconRail) / 2.0, IconTop, measures::IconRail,
                      measures::IconRail);
    const Tone quiet = hovered ? Tone::Text : Tone::TextSecondary;
    paintIcon(painter, icon, m_icon, colors.color(isChecked() ? Tone::Accent : quiet));
    painter.setFont(themeFont(Type::Micro, isChecked() ? QFont::Medium : QFont::Normal));
    painter.setPen(colors.color(isChecked() ? Tone::Text : quiet));
    const QRect label(3, TextTop, measures::RailWidth - 6, TextHeight);
    painter.drawText(label, Qt::AlignCenter,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, label.width()));
    if (m_badge.count > 0)
        paintBadge(painter);
    if (hasFocus())
        paintFace(painter, rect().adjusted(1, 1, -1, -1), measures::RadiusControl, {},
                  colors.color(Tone::Focus), measures::FocusRing);
}

void RailItem::paintBadge(QPainter &painter) const
{
    const QString text
        = m_badge.count > MostCounted ? tr("%1+").arg(MostCounted) : QString::number(m_badge.count);
    QFont small = themeFont(Type::Micro, QFont::DemiBold);
    small.setPixelSize(10);
    const int width = std::max(16, QFontMetrics(small).horizontalAdvance(text) + 8);
    const QRect place(std::min(42, measures::RailWidth - width - 4), 5, width, BadgeHeight);
    const bool failed = m_badge.state == State::Failed;
    paintFace(painter, place, failed ? 2 : BadgeHeight / 2.0, look().stateSoft(m_badge.state), {});
    painter.setFont(small);
    painter.setPen(look().state(m_badge.state));
    painter.drawText(place, Qt::AlignCenter, text);
}

} // namespace quarry::widgets
