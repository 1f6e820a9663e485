// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The registry's actions, as the palette finds them.
#pragma once

#include "widgets/common/palettesource.h"

#include <QCoreApplication>
#include <QList>

class QAction;

namespace quarry::widgets {

class ActionRegistry;

class ActionSource : public PaletteSource
{
    Q_DECLARE_TR_FUNCTIONS(quarry::widgets::ActionSource)
public:
    // REGISTRY must live as long.
    explicit ActionSource(const ActionRegistry *registry);

    QString group() const override;
    QChar prefix() const override { return u'>'; }
    QStringList names() const override;
    PaletteEntry entry(qsizetype index) const override;

private:
    // What a page does comes before what the window does; the palette does not open itself.
    QList<QAction *> listed() const;

    const ActionRegistry *m_registry;
};

} // namespace quarry::widgets
