// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The entry that narrows a list.
#pragma once

#include "widgets/common/iconentry.h"

namespace quarry::widgets {

// Escape empties it; Down gives the keyboard to what it filters.
class FilterEntry : public IconEntry
{
    Q_OBJECT
public:
    // NAME is the accessible name ("Filter sandboxes"), PLACEHOLDER what the eye sees.
    FilterEntry(const QString &name, const QString &placeholder, QWidget *parent = nullptr);

    void setTarget(QWidget *target) { m_target = target; }

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    QWidget *m_target = nullptr; // lives as long as the page that holds both
};

} // namespace quarry::widgets
