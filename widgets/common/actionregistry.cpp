// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/actionregistry.h"

#include "widgets/theme/icons.h"

#include <QMenu>
#include <QWidget>

#include <algorithm>

namespace quarry::widgets {

namespace {
constexpr auto DangerProperty = "danger";
constexpr auto ReasonProperty = "disabledReason";
constexpr auto IconProperty = "iconName";
} // namespace

ActionRegistry::ActionRegistry(QObject *parent) : QObject(parent) { }

QAction *ActionRegistry::add(const ActionSpec &spec, QObject *owner, std::function<void()> run)
{
    if (action(spec.id)) {
        qWarning("two actions with the id %s", qPrintable(spec.id));
        return nullptr;
    }
    auto *action = new QAction(spec.text, owner);
    action->setObjectName(spec.id);
    action->setIconText(spec.shortText.isEmpty() ? spec.text : spec.shortText);
    action->setProperty(DangerProperty, spec.danger);
    action->setProperty(IconProperty, spec.icon);
    if (!spec.icon.isEmpty())
        action->setIcon(themedIcon(spec.icon));
    if (!spec.shortcut.isEmpty() && shortcutTaken(spec.shortcut, spec.scope))
        qWarning("the shortcut of %s is taken", qPrintable(spec.id));
    else
        action->setShortcut(spec.shortcut);
    if (spec.scope) {
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        spec.scope->addAction(action);
    }
    connect(action, &QAction::triggered, owner, [run = std::move(run)] { run(); });
    connect(action, &QObject::destroyed, this, [this, action] { m_actions.removeOne(action); });
    m_actions.append(action);
    Q_EMIT added(action);
    return action;
}

QAction *ActionRegistry::action(const QString &id) const
{
    for (QAction *action : m_actions) {
        if (action->objectName() == id)
            return action;
    }
    return nullptr;
}

QString ActionRegistry::contextOf(const QAction *action)
{
    return action->objectName().section(u'.', 0, 0);
}

QString ActionRegistry::iconName(const QAction *action)
{
    return action->property(IconProperty).toString();
}

QList<QAction *> ActionRegistry::actionsOf(const QString &context) const
{
    QList<QAction *> found;
    for (QAction *action : m_actions) {
        if (contextOf(action) == context)
            found.append(action);
    }
    return found;
}

void ActionRegistry::setEnabled(const QString &id, bool enabled, const QString &reason)
{
    if (QAction *found = action(id)) {
        found->setProperty(ReasonProperty, enabled ? QString() : reason);
        found->setEnabled(enabled);
    }
}

QString ActionRegistry::disabledReason(const QAction *action)
{
    return action->property(ReasonProperty).toString();
}

void ActionRegistry::setIcon(const QString &id, const QString &icon)
{
    QAction *found = action(id);
    if (!found || iconName(found) == icon)
        return;
    found->setProperty(IconProperty, icon);
    found->setIcon(themedIcon(icon)); // tells of the change
}

void ActionRegistry::setSubject(const QString &context, const QString &subject)
{
    m_subjects.insert(context, subject);
}

void ActionRegistry::fillMenu(QMenu *menu, const QString &context) const
{
    QList<QAction *> destroying;
    for (QAction *action : actionsOf(context)) {
        if (action->property(DangerProperty).toBool())
            destroying.append(action);
        else
            menu->addAction(action);
    }
    if (!destroying.isEmpty() && !menu->isEmpty())
        menu->addSeparator();
    menu->addActions(destroying);
}

bool ActionRegistry::isScoped(const QAction *action)
{
    return action->shortcutContext() == Qt::WidgetWithChildrenShortcut;
}

bool ActionRegistry::shortcutTaken(const QKeySequence &shortcut, const QWidget *scope) const
{
    return std::any_of(m_actions.cbegin(), m_actions.cend(), [&](const QAction *action) {
        return action->shortcut() == shortcut
            && (!scope || !isScoped(action)
                || action->associatedObjects().contains(const_cast<QWidget *>(scope)));
    });
}

} // namespace quarry::widgets
