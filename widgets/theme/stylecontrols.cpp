// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/stylepainters.h"

#include "widgets/theme/buttonkind.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOption>
#include <QVariant>
#include <QWidget>

#include <algorithm>

namespace quarry::widgets {

bool has(const QStyleOption &option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

namespace {

struct Face {
    QColor fill, border, ink;
};

Face primaryFace(const QStyleOption &option, const Look &look)
{
    const Tone tone = has(option, QStyle::State_Sunken) ? Tone::AccentPressed
        : has(option, QStyle::State_MouseOver)          ? Tone::AccentHover
                                                        : Tone::Accent;
    return {look.color(tone), look.color(tone), look.color(Tone::OnAccent)};
}

Face buttonFace(const QStyleOption &option, const Look &look, ButtonKind kind)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    if (!enabled) {
        const QColor fill
            = kind == ButtonKind::Primary ? look.color(Tone::Sunken) : look.color(Tone::Raised);
        return {fill, look.color(Tone::Border), look.color(Tone::TextDisabled)};
    }
    if (kind == ButtonKind::Primary)
        return primaryFace(option, look);
    Face face{look.color(Tone::Raised), look.color(Tone::Border), look.color(Tone::Text)};
    if (kind == ButtonKind::Danger)
        face.ink = look.state(State::Failed);
    if (has(option, QStyle::State_On)) {
        face.fill = look.color(Tone::AccentSoft);
        face.border = look.color(Tone::Accent);
    } else if (has(option, QStyle::State_Sunken)) {
        face.fill = look.color(Tone::Sunken);
    } else if (has(option, QStyle::State_MouseOver)) {
        face.fill = look.color(Tone::Hover);
    }
    return face;
}

void paintTick(QPainter &painter, const QPointF &corner, const QColor &ink)
{
    painter.setPen(QPen(ink, 1.6));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(QPolygonF({{2, 5.2}, {4.1, 7.3}, {8.2, 2.8}}).translated(corner));
}

// The square or disc of a check box or radio button; gives the colour of its sign.
QColor paintIndicator(QPainter &painter, const QStyleOption &option, const Look &look, qreal radius)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool on = has(option, QStyle::State_On) || has(option, QStyle::State_NoChange);
    QColor fill = look.color(on ? Tone::Accent : Tone::Surface);
    QColor border = look.color(on ? Tone::Accent : Tone::BorderStrong);
    if (!enabled) {
        fill = look.color(Tone::Sunken);
        border = look.color(Tone::Border);
    } else if (has(option, QStyle::State_MouseOver)) {
        border = look.color(Tone::Accent);
    }
    paintFace(painter, option.rect, radius, fill, border);
    return look.color(enabled ? Tone::OnAccent : Tone::TextDisabled);
}

} // namespace

void paintFace(QPainter &painter, const QRectF &rect, qreal radius, const QColor &fill,
               const QColor &border, qreal width)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(border.isValid() ? QPen(border, width) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const qreal half = border.isValid() ? width / 2 : 0;
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius - half, radius - half);
    painter.restore();
}

void paintMeter(QPainter &painter, const QRectF &rect, qreal value, const QColor &ink,
                const QColor &track)
{
    paintFace(painter, rect, 2, track, {});
    painter.save();
    QPainterPath shape;
    shape.addRoundedRect(rect, 2, 2);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(shape);
    QRectF part = rect;
    part.setWidth(rect.width() * std::clamp(value, 0.0, 1.0));
    painter.fillRect(part, ink);
    painter.restore();
}

void paintStripes(QPainter &painter, const QRectF &rect, const QColor &ink, const QColor &track)
{
    paintFace(painter, rect, 2, track, {});
    painter.save();
    painter.setClipRect(rect);
    constexpr int Stripe = 8;
    for (int at = 0; at < int(rect.width()); at += 2 * Stripe)
        painter.fillRect(QRectF(rect.left() + at, rect.top(), Stripe, rect.height()), ink);
    painter.restore();
}

void paintButtonFace(QPainter &painter, const QStyleOption &option, const Look &look,
                     const QWidget *widget, bool flat)
{
    const Face face = buttonFace(option, look, buttonKind(widget));
    const bool bare = flat && !has(option, QStyle::State_On)
        && !(has(option, QStyle::State_Enabled)
             && (has(option, QStyle::State_Sunken) || has(option, QStyle::State_MouseOver)));
    if (!bare)
        paintFace(painter, option.rect, measures::RadiusControl, face.fill,
                  flat ? QColor() : face.border);
}

void paintButtonLabel(QPainter &painter, const QStyleOptionButton &option, const Look &look,
                      const QWidget *widget)
{
    const ButtonKind kind = buttonKind(widget);
    const QColor ink = buttonFace(option, look, kind).ink;
    const bool menu = option.features.testFlag(QStyleOptionButton::HasMenu);
    const int icon = option.icon.isNull() ? 0 : option.iconSize.width();
    QFont font = painter.font();
    if (kind == ButtonKind::Primary)
        font.setWeight(QFont::Medium);
    const QFontMetrics metrics(font);
    const int gap = icon && !option.text.isEmpty() ? 6 : 0;
    const int tail = menu ? 18 : 0;
    const int room = option.rect.width() - icon - gap - tail - 4;
    const QString text
        = metrics.elidedText(option.text, Qt::ElideRight, std::max(0, room), Qt::TextShowMnemonic);
    const int width
        = icon + gap + metrics.size(Qt::TextShowMnemonic, text).width() * !text.isEmpty() + tail;
    int x = option.rect.x() + (option.rect.width() - width) / 2;
    if (icon) {
        const QRect rect(x, option.rect.center().y() - icon / 2 + 1, icon, icon);
        const auto mode = has(option, QStyle::State_Enabled) ? QIcon::Normal : QIcon::Disabled;
        option.icon.paint(&painter, rect, Qt::AlignCenter, mode);
        x += icon + gap;
    }
    painter.save();
    painter.setFont(font);
    painter.setPen(ink);
    const QRect place(x, option.rect.y(), option.rect.right() - x + 1, option.rect.height());
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic, text);
    if (menu) {
        const QRectF arrow(x + width - icon - gap - 14, option.rect.center().y() - 6, 14, 14);
        paintIcon(painter, arrow, QStringLiteral("chevron-down"), ink);
    }
    painter.restore();
}

void paintToolButton(QPainter &painter, const QStyleOptionToolButton &option, const Look &look)
{
    paintButtonFace(painter, option, look, nullptr, true);
    const QSize size = option.iconSize.boundedTo({measures::IconNormal, measures::IconNormal});
    QRect place(QPoint(), size);
    place.moveCenter(option.rect.center());
    if (!option.icon.isNull()) {
        const auto mode = has(option, QStyle::State_Enabled) ? QIcon::Normal : QIcon::Disabled;
        option.icon.paint(&painter, place, Qt::AlignCenter, mode);
    } else if (option.arrowType != Qt::NoArrow) {
        static constexpr const char *Names[]
            = {"", "chevron-up", "chevron-down", "chevron-left", "chevron-right"};
        paintIcon(painter, place, QString::fromLatin1(Names[option.arrowType]),
                  look.color(Tone::Text));
    } else {
        painter.setPen(look.color(Tone::Text));
        painter.drawText(option.rect, Qt::AlignCenter | Qt::TextShowMnemonic, option.text);
    }
}

void paintInputFace(QPainter &painter, const QStyleOption &option, const Look &look,
                    const QWidget *widget)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool focused = enabled && has(option, QStyle::State_HasFocus);
    const bool invalid = widget && widget->property("invalid").toBool();
    QColor border = look.color(Tone::BorderStrong);
    if (!enabled)
        border = look.color(Tone::Border);
    else if (invalid)
        border = look.state(State::Failed);
    else if (focused)
        border = look.color(Tone::Focus);
    paintFace(painter, option.rect, measures::RadiusControl,
              look.color(enabled ? Tone::Surface : Tone::Window), border,
              focused ? measures::FocusRing : 1);
}

void paintCheckBox(QPainter &painter, const QStyleOption &option, const Look &look)
{
    const QColor ink = paintIndicator(painter, option, look, measures::RadiusSmall);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF corner = QRectF(option.rect).center() - QPointF(5, 5);
    if (has(option, QStyle::State_NoChange)) {
        painter.fillRect(QRectF(corner + QPointF(2, 4.2), QSizeF(6, 1.6)), ink);
    } else if (has(option, QStyle::State_On)) {
        paintTick(painter, corner, ink);
    }
    painter.restore();
}

void paintRadioButton(QPainter &painter, const QStyleOption &option, const Look &look)
{
    const QColor ink = paintIndicator(painter, option, look, option.rect.width() / 2.0);
    if (!has(option, QStyle::State_On))
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawEllipse(QRectF(option.rect).center(), 3, 3);
    painter.restore();
}

void paintComboBox(QPainter &painter, const QStyleOptionComboBox &option, const Look &look,
                   const QRect &arrow, const QWidget *widget)
{
    paintInputFace(painter, option, look, widget);
    QRectF place(0, 0, measures::IconSmall, measures::IconSmall);
    place.moveCenter(QRectF(arrow).center());
    paintIcon(
        painter, place, QStringLiteral("chevron-down"),
        look.color(has(option, QStyle::State_Enabled) ? Tone::TextSecondary : Tone::TextDisabled));
}

void paintSpinBox(QPainter &painter, const QStyleOptionSpinBox &option, const Look &look,
                  const QRect &up, const QRect &down, const QWidget *widget)
{
    paintInputFace(painter, option, look, widget);
    if (option.buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    const auto arrow = [&](const QRect &rect, const QString &name, auto flag) {
        QRectF place(0, 0, 10, 10);
        place.moveCenter(QRectF(rect).center());
        const bool usable = has(option, QStyle::State_Enabled) && option.stepEnabled.testFlag(flag);
        paintIcon(painter, place, name,
                  look.color(usable ? Tone::TextSecondary : Tone::TextDisabled));
    };
    arrow(up, QStringLiteral("chevron-up"), QAbstractSpinBox::StepUpEnabled);
    arrow(down, QStringLiteral("chevron-down"), QAbstractSpinBox::StepDownEnabled);
}

void paintFocusRing(QPainter &painter, const QRect &rect, const Look &look)
{
    paintFace(painter, rect, measures::RadiusControl + measures::FocusRing, {},
              look.color(Tone::Focus), measures::FocusRing);
}

} // namespace quarry::widgets
