// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Everything a person can do in the window, in one list.
#pragma once

#include <QAction>
#include <QHash>
#include <QKeySequence>
#include <QList>
#include <QObject>

#include <functional>

class QMenu;

namespace quarry::widgets {

struct ActionSpec {
    QString id; // "sandbox.stop"; its part before the dot is its context
    QString text; // "Stop sandbox": menus, palette, the accessible name
    QString shortText; // "Stop": a button beside the thing; empty: the text
    QString icon; // of resources/icons, may be empty
    QKeySequence shortcut;
    bool danger = false; // destroys something: shown in the ink of failures
    // Where the shortcut works, its children too; nullptr: in the whole window. One that is common
    // ("Del") is not taken by it from other places.
    QWidget *scope = nullptr;
};

// Feeds menus, context menus, shortcuts, buttons and the palette. The window owns one and hands it
// to its pages.
//
// The context of an action is the kind of thing it applies to ("sandbox"; "window" for the
// program's own). The subject of a context is the thing it would apply to now ("sb-18b9…03fe"): a
// page sets it when its selection changes.
class ActionRegistry : public QObject
{
    Q_OBJECT
public:
    explicit ActionRegistry(QObject *parent = nullptr);

    // The action lives as long as OWNER, and RUN is called in its name. An id or a shortcut that is
    // taken is an error in the program: it is logged, and the newcomer gets no shortcut, or nullptr
    // is given for the id.
    QAction *add(const ActionSpec &spec, QObject *owner, std::function<void()> run);

    // Whether its shortcut works in a part of the window alone: it is that part's already.
    static bool isScoped(const QAction *action);
    // nullptr: there is none.
    QAction *action(const QString &id) const;
    // In the order they were added.
    const QList<QAction *> &actions() const { return m_actions; }
    QList<QAction *> actionsOf(const QString &context) const;
    static QString contextOf(const QAction *action);
    // The name its icon was given by; may be empty.
    static QString iconName(const QAction *action);

    // REASON says why not, for menus and the palette ("docker only").
    void setEnabled(const QString &id, bool enabled, const QString &reason = {});
    static QString disabledReason(const QAction *action);
    void setIcon(const QString &id, const QString &icon);
    void setSubject(const QString &context, const QString &subject);
    QString subject(const QString &context) const { return m_subjects.value(context); }

    // Appends the actions of CONTEXT to MENU, those that destroy last, below a line.
    void fillMenu(QMenu *menu, const QString &context) const;

Q_SIGNALS:
    void added(QAction *action);

private:
    bool shortcutTaken(const QKeySequence &shortcut, const QWidget *scope) const;

    QList<QAction *> m_actions;
    QHash<QString, QString> m_subjects;
};

} // namespace quarry::widgets
