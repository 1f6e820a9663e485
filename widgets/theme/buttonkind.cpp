// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/buttonkind.h"

#include "widgets/theme/fonts.h"
#include "widgets/theme/measures.h"

#include <QAbstractButton>
#include <QVariant>

namespace quarry::widgets {

namespace {
constexpr auto KindProperty = "quarryKind";
constexpr auto SmallProperty = "quarrySmall";
} // namespace

void setButtonKind(QAbstractButton *button, ButtonKind kind)
{
    button->setProperty(KindProperty, int(kind));
    button->update();
}

ButtonKind buttonKind(const QWidget *button)
{
    return button ? ButtonKind(button->property(KindProperty).toInt()) : ButtonKind::Normal;
}

void setSmallButton(QAbstractButton *button)
{
    button->setProperty(SmallProperty, true);
    button->setFont(themeFont(Type::Small));
    button->setIconSize({measures::IconSmall, measures::IconSmall});
    button->updateGeometry();
}

bool isSmallButton(const QWidget *button)
{
    return button && button->property(SmallProperty).toBool();
}

} // namespace quarry::widgets
