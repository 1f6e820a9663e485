// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/stylepainters.h"

#include "widgets/theme/figures.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"

#include <QMenu>
#include <QPainter>
#include <QRegularExpression>
#include <QStyleOption>

#include <algorithm>

namespace quarry::widgets {

namespace {

QPen line(const Look &look, Tone tone)
{
    return QPen(look.color(tone), 1);
}

void paintBottomLine(QPainter &painter, const QRect &rect, const QColor &color)
{
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color);
}

// "Terminals 2" is shown with its count small; everything else as it is.
struct TabText {
    QString name, count;
};

TabText splitTabText(const QString &text)
{
    static const QRegularExpression counted(QStringLiteral("^(.*\\S) ([0-9][0-9,.\\x{202f}]*)$"));
    const auto match = counted.match(text);
    if (!match.hasMatch())
        return {text, {}};
    return {match.captured(1), match.captured(2)};
}

} // namespace

void paintHeader(QPainter &painter, const QStyleOptionHeader &option, const Look &look)
{
    painter.fillRect(option.rect, look.color(Tone::Raised));
    paintBottomLine(painter, option.rect, look.color(Tone::Border));
    const bool first = option.position == QStyleOptionHeader::Beginning
        || option.position == QStyleOptionHeader::OnlyOneSection;
    const bool last = option.position == QStyleOptionHeader::End
        || option.position == QStyleOptionHeader::OnlyOneSection;
    QRect place = option.rect.adjusted(first ? measures::SpaceM : measures::SpaceS, 0,
                                       last ? -measures::SpaceM : -measures::SpaceS, -1);
    const bool sorted = option.sortIndicator != QStyleOptionHeader::None;
    painter.setFont(themeFont(Type::Small, QFont::Medium));
    const QFontMetrics metrics(painter.font());
    constexpr int Arrow = 12;
    const int room = place.width() - (sorted ? Arrow + 2 : 0);
    const QString text = metrics.elidedText(option.text, Qt::ElideRight, std::max(0, room));
    const int width = metrics.horizontalAdvance(text);
    const bool right = option.textAlignment.testFlag(Qt::AlignRight);
    const int x = right ? place.right() + 1 - width - (sorted ? Arrow + 2 : 0) : place.left();
    painter.setPen(look.color(Tone::TextSecondary));
    painter.drawText(QRect(x, place.top(), width + 1, place.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, text);
    if (sorted && room > 0) {
        const bool down = option.sortIndicator == QStyleOptionHeader::SortDown;
        paintIcon(painter,
                  QRectF(x + width + 2, place.center().y() - Arrow / 2.0 + 1, Arrow, Arrow),
                  down ? QStringLiteral("chevron-down") : QStringLiteral("chevron-up"),
                  look.color(Tone::TextSecondary));
    }
}

void paintTab(QPainter &painter, const QStyleOptionTab &option, const Look &look)
{
    const bool selected = has(option, QStyle::State_Selected);
    const bool enabled = has(option, QStyle::State_Enabled);
    if (enabled && !selected && has(option, QStyle::State_MouseOver))
        painter.fillRect(option.rect.adjusted(0, 0, 0, -1), look.color(Tone::Hover));
    if (selected)
        painter.fillRect(
            QRect(option.rect.left(), option.rect.bottom() - 1, option.rect.width(), 2),
            look.color(Tone::Accent));
    const TabText text = splitTabText(option.text);
    QFont nameFont = themeFont(Type::Body, selected ? QFont::Medium : QFont::Normal);
    const QFontMetrics metrics(nameFont);
    const QFont countFont = themeFont(Type::Micro);
    const int count = text.count.isEmpty() ? 0 : 6 + int(figuresWidth(countFont, text.count) + 1);
    const int width = metrics.size(Qt::TextShowMnemonic, text.name).width();
    QRect place(option.rect.center().x() - (width + count) / 2 + 1, option.rect.top(), width + 2,
                option.rect.height());
    const Tone tone = !enabled                             ? Tone::TextDisabled
        : selected || has(option, QStyle::State_MouseOver) ? Tone::Text
                                                           : Tone::TextSecondary;
    painter.setFont(nameFont);
    painter.setPen(look.color(tone));
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic, text.name);
    if (count) {
        painter.setFont(countFont);
        painter.setPen(look.color(enabled ? Tone::TextSecondary : Tone::TextDisabled));
        paintFigures(painter, QRectF(place.left() + width + 6, place.top(), count, place.height()),
                     Qt::AlignLeft, text.count);
    }
    if (has(option, QStyle::State_HasFocus) && selected) {
        QRect ring(place.left() - 4, 0, width + count + 8, 24);
        ring.moveTop(option.rect.center().y() - 11);
        paintFace(painter, ring, measures::RadiusControl, {}, look.color(Tone::Focus),
                  measures::FocusRing);
    }
}

QString menuItemText(const QString &text)
{
    return text.section(u'\t', 0, 0);
}

QString menuItemShortcut(const QString &text)
{
    return text.section(u'\t', 1);
}

void paintMenuItem(QPainter &painter, const QStyleOptionMenuItem &option, const Look &look,
                   const QWidget *widget)
{
    if (option.menuItemType == QStyleOptionMenuItem::Separator) {
        painter.setPen(line(look, Tone::Border));
        const qreal y = option.rect.center().y() + 0.5;
        painter.drawLine(QPointF(option.rect.left(), y), QPointF(option.rect.right() + 1, y));
        return;
    }
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool selected = enabled && has(option, QStyle::State_Selected);
    if (selected)
        painter.fillRect(option.rect, look.color(Tone::Selection));
    const auto *menu = qobject_cast<const QMenu *>(widget);
    const QAction *action = menu ? menu->actionAt(option.rect.center()) : nullptr;
    QColor ink = look.color(enabled ? Tone::Text : Tone::TextDisabled);
    if (enabled && action && action->property("danger").toBool())
        ink = look.state(State::Failed);
    else if (selected)
        ink = look.color(Tone::OnSelection);

    QRect place = option.rect.adjusted(10, 0, -10, 0);
    const QRect icon(place.left(), place.center().y() - 7, measures::IconNormal,
                     measures::IconNormal);
    if (option.checkType != QStyleOptionMenuItem::NotCheckable && option.checked)
        paintIcon(painter, icon, QStringLiteral("success"), look.color(Tone::Accent));
    else if (action && !action->property("iconName").toString().isEmpty())
        paintIcon(painter, icon, action->property("iconName").toString(), ink);
    else if (!option.icon.isNull())
        option.icon.paint(&painter, icon, Qt::AlignCenter,
                          enabled ? QIcon::Normal : QIcon::Disabled);
    place.setLeft(icon.right() + measures::SpaceS);
    painter.setFont(option.font);
    painter.setPen(ink);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextShowMnemonic,
                     menuItemText(option.text));
    painter.setFont(themeFont(Type::Micro));
    painter.setPen(look.color(!enabled       ? Tone::TextDisabled
                                  : selected ? Tone::OnSelection
                                             : Tone::TextSecondary));
    if (option.menuItemType == QStyleOptionMenuItem::SubMenu)
        paintIcon(painter, QRectF(place.right() - 13, place.center().y() - 6, 14, 14),
                  QStringLiteral("chevron-right"), painter.pen().color());
    else
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, menuItemShortcut(option.text));
}

void paintItemBackground(QPainter &painter, const QStyleOption &option, const Look &look)
{
    if (has(option, QStyle::State_Selected))
        painter.fillRect(option.rect,
                         look.color(has(option, QStyle::State_Active) ? Tone::Selection
                                                                      : Tone::SelectionInactive));
    else if (has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled))
        painter.fillRect(option.rect, look.color(Tone::Hover));
}

void paintScrollBar(QPainter &painter, const QStyleOptionSlider &option, const QRect &thumb,
                    const Look &look)
{
    if (option.maximum <= option.minimum)
        return;
    QColor ink = look.color(Tone::BorderStrong);
    const bool grabbed = has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken);
    ink.setAlphaF(grabbed ? 0.85f : 0.55f);
    const QRectF bar = option.orientation == Qt::Vertical ? QRectF(thumb).adjusted(2, 1, -2, -1)
                                                          : QRectF(thumb).adjusted(1, 2, -1, -2);
    paintFace(painter, bar, 3, ink, {});
}

void paintProgress(QPainter &painter, const QStyleOptionProgressBar &option, const Look &look)
{
    QRectF bar = option.rect;
    bar.setHeight(measures::MeterHeight);
    bar.moveCenter({bar.center().x(), QRectF(option.rect).center().y()});
    const qint64 range = qint64(option.maximum) - option.minimum;
    if (range <= 0)
        paintStripes(painter, bar, look.color(Tone::Accent), look.color(Tone::BarTrack));
    else
        paintMeter(painter, bar, qreal(qint64(option.progress) - option.minimum) / qreal(range),
                   look.color(Tone::Accent), look.color(Tone::BarTrack));
}

} // namespace quarry::widgets
