// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/readingorder.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QGridLayout>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>

#include <algorithm>
#include <tuple>

namespace quarry::widgets {

namespace {

bool hasCheckedSibling(const QAbstractButton *button)
{
    const auto siblings = button->parentWidget()->findChildren<QAbstractButton *>();
    return std::any_of(siblings.begin(), siblings.end(), [](const QAbstractButton *sibling) {
        return sibling->autoExclusive() && sibling->isChecked();
    });
}

bool isStop(const QWidget *widget)
{
    if (!widget->isVisible() || !widget->isEnabled() || widget->focusProxy())
        return false;
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    if (button && button->autoExclusive() && button->isCheckable()) {
        // Qt takes the focus policy from the unchecked ones only once the group has been visited.
        return button->isChecked() || !hasCheckedSibling(button);
    }
    return widget->focusPolicy() & Qt::TabFocus;
}

// What has controls within that are its own business.
bool isClosed(const QWidget *widget)
{
    return qobject_cast<const QAbstractItemView *>(widget)
        || qobject_cast<const QAbstractSpinBox *>(widget) || qobject_cast<const QComboBox *>(widget)
        || qobject_cast<const QTabBar *>(widget);
}

void appendLayout(const QLayout *layout, QList<QWidget *> &order)
{
    QList<QLayoutItem *> items;
    for (int i = 0; i < layout->count(); ++i)
        items.append(layout->itemAt(i));
    if (const auto *grid = qobject_cast<const QGridLayout *>(layout)) {
        const auto cell = [grid](QLayoutItem *item) {
            int row = 0, column = 0, rows = 0, columns = 0;
            for (int i = 0; i < grid->count(); ++i) {
                if (grid->itemAt(i) == item)
                    grid->getItemPosition(i, &row, &column, &rows, &columns);
            }
            return std::make_tuple(row, column);
        };
        std::stable_sort(items.begin(), items.end(),
                         [&](QLayoutItem *a, QLayoutItem *b) { return cell(a) < cell(b); });
    }
    for (QLayoutItem *item : items) {
        if (item->widget())
            order.append(item->widget());
        else if (item->layout())
            appendLayout(item->layout(), order);
    }
}

// The children of WIDGET as one reads them.
QList<QWidget *> children(QWidget *widget)
{
    QList<QWidget *> order;
    if (const auto *splitter = qobject_cast<QSplitter *>(widget)) {
        for (int i = 0; i < splitter->count(); ++i)
            order.append(splitter->widget(i));
    } else if (const auto *tabs = qobject_cast<QTabWidget *>(widget)) {
        order = {tabs->tabBar()};
        if (tabs->currentWidget())
            order.append(tabs->currentWidget());
    } else if (widget->layout()) {
        appendLayout(widget->layout(), order);
    } else {
        order = widget->findChildren<QWidget *>(Qt::FindDirectChildrenOnly);
        order.removeIf([](const QWidget *child) { return child->isWindow(); });
        std::stable_sort(order.begin(), order.end(), [](const QWidget *a, const QWidget *b) {
            return std::make_tuple(a->y(), a->x()) < std::make_tuple(b->y(), b->x());
        });
    }
    return order;
}

void appendStops(QWidget *widget, QList<QWidget *> &stops)
{
    if (!widget->isVisible())
        return;
    if (isStop(widget))
        stops.append(widget);
    if (isClosed(widget))
        return;
    for (QWidget *child : children(widget))
        appendStops(child, stops);
}

} // namespace

QList<QWidget *> tabStops(QWidget *root)
{
    QList<QWidget *> stops;
    appendStops(root, stops);
    return stops;
}

bool focusNextStop(QWidget *root, bool forward)
{
    const QList<QWidget *> stops = tabStops(root);
    if (stops.isEmpty())
        return false;
    const qsizetype count = stops.size();
    qsizetype at = -1;
    // The focus may be in a stop's own part, as a cell's editor is.
    for (const QWidget *focused = QApplication::focusWidget(); focused && at < 0;
         focused = focused->parentWidget())
        at = stops.indexOf(focused);
    const qsizetype next
        = at < 0 ? (forward ? 0 : count - 1) : (at + (forward ? 1 : count - 1)) % count;
    if (next == at)
        return false;
    stops[next]->setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

void leavePart(QWidget *part)
{
    const QWidget *focused = QApplication::focusWidget();
    if (!focused || (focused != part && !part->isAncestorOf(focused)))
        return;
    QWidget *before = nullptr;
    bool passed = false;
    for (QWidget *stop : tabStops(part->window())) {
        const bool inside = stop == part || part->isAncestorOf(stop);
        if (!inside && passed) {
            stop->setFocus(Qt::OtherFocusReason);
            return;
        }
        passed = passed || inside;
        before = inside ? before : stop;
    }
    if (before)
        before->setFocus(Qt::OtherFocusReason);
}

} // namespace quarry::widgets
