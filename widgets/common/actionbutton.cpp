// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/actionbutton.h"

#include "widgets/common/actionregistry.h"
#include "widgets/theme/icons.h"

#include <QAction>

namespace quarry::widgets {

namespace {

Tone inkOf(ButtonKind kind)
{
    return kind == ButtonKind::Primary ? Tone::OnAccent : Tone::Text;
}

} // namespace

ActionButton::ActionButton(QAction *action, Face face, QWidget *parent)
    : QPushButton(parent), m_action(action), m_face(face)
{
    connect(action, &QAction::changed, this, &ActionButton::follow);
    connect(action, &QObject::destroyed, this, [this] { setEnabled(false); });
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
    follow();
}

void ActionButton::setKind(ButtonKind kind)
{
    setButtonKind(this, kind);
    follow();
}

void ActionButton::follow()
{
    if (!m_action)
        return;
    setText(m_face == IconOnly ? QString() : m_action->iconText());
    const QString icon = ActionRegistry::iconName(m_action);
    if (m_face != TextOnly && !icon.isEmpty())
        setIcon(themedIcon(icon, inkOf(buttonKind(this))));
    setAccessibleName(m_action->text().remove(u'&'));
    setEnabled(m_action->isEnabled());
    if (m_action->isCheckable()) {
        setCheckable(true);
        setChecked(m_action->isChecked());
    }
    const QString keys = m_action->shortcut().toString(QKeySequence::NativeText);
    const QString reason = ActionRegistry::disabledReason(m_action);
    QString tip = m_action->text().remove(u'&');
    if (!reason.isEmpty())
        tip = tr("%1: %2").arg(tip, reason);
    else if (!keys.isEmpty())
        tip = tr("%1 (%2)").arg(tip, keys);
    setToolTip(tip);
}

} // namespace quarry::widgets
