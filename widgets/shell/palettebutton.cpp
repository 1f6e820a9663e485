// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/palettebutton.h"

#include "widgets/common/keyhint.h"
#include "widgets/theme/fonts.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/style.h"
#include "widgets/theme/stylepainters.h"

#include <QAction>
#include <QPainter>

namespace quarry::widgets {

namespace {
constexpr int PreferredWidth = 300;
constexpr int LeastWidth = 48;
constexpr int HintWidth = 140; // without it a word or two of the text have room
constexpr int TextLeft = 30;
} // namespace

PaletteButton::PaletteButton(QAction *action, QWidget *parent)
    : QPushButton(parent), m_keys(action->shortcut().toString(QKeySequence::NativeText))
{
    setText(tr("Go to anything or run an action"));
    setAccessibleName(action->text());
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
}

QSize PaletteButton::sizeHint() const
{
    return {PreferredWidth, measures::Control - 2};
}

QSize PaletteButton::minimumSizeHint() const
{
    return {LeastWidth, measures::Control - 2};
}

void PaletteButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Look &colors = look();
    paintFace(painter, rect(), measures::RadiusControl, colors.color(Tone::Surface),
              colors.color(underMouse() ? Tone::BorderStrong : Tone::Border));
    const QRectF icon(measures::SpaceS, (height() - measures::IconSmall) / 2.0, measures::IconSmall,
                      measures::IconSmall);
    paintIcon(painter, icon, QStringLiteral("search"), colors.color(Tone::TextSecondary));
    const bool hint = width() >= HintWidth;
    if (hint)
        paintKeyHint(painter, rect().adjusted(0, 0, -6, 0), m_keys);
    painter.setFont(themeFont(Type::Small));
    painter.setPen(colors.color(Tone::TextSecondary));
    const QRect place = rect().adjusted(TextLeft, 0, hint ? -keyHintWidth(m_keys) - 12 : -6, 0);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, place.width()));
}

} // namespace quarry::widgets
