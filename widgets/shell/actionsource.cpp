// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/actionsource.h"

#include "widgets/common/actionregistry.h"

#include <QPointer>

#include <algorithm>

namespace quarry::widgets {

namespace {

// "…" tells that more is asked; '&' marks a key in menus.
QString plainText(const QAction *action)
{
    return action->text().remove(u'&');
}

} // namespace

ActionSource::ActionSource(const ActionRegistry *registry) : m_registry(registry) { }

QString ActionSource::group() const
{
    return tr("Actions");
}

QList<QAction *> ActionSource::listed() const
{
    QList<QAction *> listed = m_registry->actions();
    listed.removeOne(m_registry->action(QStringLiteral("window.palette")));
    std::stable_partition(listed.begin(), listed.end(), [](const QAction *action) {
        return ActionRegistry::contextOf(action) != u"window";
    });
    return listed;
}

QStringList ActionSource::names() const
{
    QStringList names;
    for (const QAction *action : listed())
        names.append(plainText(action));
    return names;
}

PaletteEntry ActionSource::entry(qsizetype index) const
{
    QAction *action = listed().at(index);
    PaletteEntry entry;
    entry.icon = ActionRegistry::iconName(action);
    entry.name = plainText(action);
    entry.enabled = action->isEnabled();
    const QString reason = ActionRegistry::disabledReason(action);
    entry.detail
        = reason.isEmpty() ? m_registry->subject(ActionRegistry::contextOf(action)) : reason;
    entry.shortcut = action->shortcut().toString(QKeySequence::NativeText);
    entry.run = [action = QPointer<QAction>(action)] {
        if (action)
            action->trigger();
    };
    return entry;
}

} // namespace quarry::widgets
