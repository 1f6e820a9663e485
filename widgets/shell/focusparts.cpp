// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/focusparts.h"

#include "widgets/shell/readingorder.h"

#include <QApplication>
#include <QWidget>

namespace quarry::widgets {

namespace {

// The widget of PART to focus; nullptr: none.
QWidget *targetIn(QWidget *part)
{
    const QList<QWidget *> stops = tabStops(part);
    // focusWidget() of an ancestor is its last one, also while the focus is elsewhere.
    QWidget *last = part->focusWidget();
    if (stops.contains(last))
        return last;
    return stops.isEmpty() ? nullptr : stops.first();
}

} // namespace

bool focusPart(QWidget *part)
{
    QWidget *target = targetIn(part);
    if (target)
        target->setFocus(Qt::OtherFocusReason);
    return target;
}

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
