// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/filterentry.h"

#include <QKeyEvent>

namespace quarry::widgets {

FilterEntry::FilterEntry(const QString &name, const QString &placeholder, QWidget *parent)
    : IconEntry(QStringLiteral("filter"), parent)
{
    setAccessibleName(name);
    setPlaceholderText(placeholder);
    setMaxLength(256);
    setMinimumWidth(88);
}

void FilterEntry::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    if (event->key() == Qt::Key_Down && m_target) {
        m_target->setFocus(Qt::TabFocusReason);
        return;
    }
    IconEntry::keyPressEvent(event);
}

} // namespace quarry::widgets
