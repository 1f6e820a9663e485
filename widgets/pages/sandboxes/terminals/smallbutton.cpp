// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/terminals/smallbutton.h"

#include "widgets/theme/icons.h"
#include "widgets/theme/style.h"

#include <QPushButton>

namespace quarry::widgets {

QPushButton *smallButton(const QString &text, const QString &icon, ButtonKind kind)
{
    auto *button = new QPushButton(text);
    button->setAccessibleName(text);
    if (!icon.isEmpty())
        button->setIcon(themedIcon(icon));
    setButtonKind(button, kind);
    setSmallButton(button);
    return button;
}

} // namespace quarry::widgets
