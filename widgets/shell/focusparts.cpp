// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/focusparts.h"

#include <QApplication>
#include <QWidget>

namespace quarry::widgets {

namespace {

bool takesFocus(const QWidget *widget)
{
    return widget->isEnabled() && widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus);
}

// The widget of PART to focus; nullptr: none.
QWidget *targetIn(QWidget *part)
{
    if (!part->isVisible())
        return nullptr;
    // focusWidget() of an ancestor is its last one, also while the focus is elsewhere.
    QWidget *last = part->focusWidget();
    if (last && (last == part || part->isAncestorOf(last)) && takesFocus(last))
        return last;
    if (takesFocus(part))
        return part;
    for (QWidget *next = part->nextInFocusChain(); next && next != part;
         next = next->nextInFocusChain()) {
        if (part->isAncestorOf(next) && takesFocus(next))
            return next;
    }
    return nullptr;
}

} // namespace

void focusNextPart(const QList<QWidget *> &parts, bool forward)
{
    const QWidget *focused = QApplication::focusWidget();
    qsizetype current = -1;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (parts[i] == focused || (focused && parts[i]->isAncestorOf(focused)))
            current = i;
    }
    const qsizetype count = parts.size();
    for (qsizetype step = 1; step <= count; ++step) {
        const qsizetype from = current < 0 && !forward ? count : current;
        const qsizetype at = ((forward ? from + step : from - step) % count + count) % count;
        if (QWidget *target = targetIn(parts[at])) {
            target->setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return;
        }
    }
}

} // namespace quarry::widgets
