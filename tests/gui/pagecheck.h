// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What every page owes to a reader.
#pragma once

#include <QAbstractButton>
#include <QAccessible>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QTableView>

namespace quarry::widgets::test {

inline QString nameOf(QWidget *widget)
{
    QAccessibleInterface *reader = QAccessible::queryAccessibleInterface(widget);
    return reader ? reader->text(QAccessible::Name) : QString();
}

// The visible controls of PAGE that have no name.
inline QStringList nameless(QWidget *page)
{
    QStringList found;
    for (auto *each : page->findChildren<QWidget *>()) {
        const bool control = qobject_cast<QAbstractButton *>(each)
            || qobject_cast<QLineEdit *>(each) || qobject_cast<QTableView *>(each)
            || qobject_cast<QListWidget *>(each) || qobject_cast<QComboBox *>(each)
            || qobject_cast<QPlainTextEdit *>(each);
        const bool corner = each->inherits("QTableCornerButton");
        if (control && !corner && each->isVisible() && nameOf(each).isEmpty())
            found.append(QString::fromLatin1(each->metaObject()->className()));
    }
    return found;
}

// The visible one of that name, or null.
template <typename T>
T *named(QWidget *page, const QString &name)
{
    for (auto *each : page->findChildren<T *>()) {
        if (each->isVisible() && nameOf(each) == name)
            return each;
    }
    return nullptr;
}

inline QAbstractButton *button(QWidget *page, const QString &name)
{
    return named<QAbstractButton>(page, name);
}

// Whether a visible label has TEXT in it.
inline bool says(QWidget *page, const QString &text)
{
    for (auto *each : page->findChildren<QLabel *>()) {
        if (each->isVisible() && each->text().contains(text))
            return true;
    }
    return false;
}

} // namespace quarry::widgets::test
