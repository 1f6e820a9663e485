// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/filterentry.h"

#include "widgets/theme/icons.h"

#include <QAction>
#include <QKeyEvent>

namespace quarry::widgets {

FilterEntry::FilterEntry(const QString &name, const QString &placeholder, QWidget *parent)
    : QLineEdit(parent)
{
    setAccessibleName(name);
    setPlaceholderText(placeholder);
    setMaxLength(256);
    setMinimumWidth(120);
    QAction *sign
        = addAction(themedIcon(QStringLiteral("filter"), Tone::TextSecondary), LeadingPosition);
    sign->setEnabled(true);
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
    QLineEdit::keyPressEvent(event);
}

} // namespace quarry::widgets
