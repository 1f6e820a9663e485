// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Commits of sandboxes to images, from the form to the notice at the end.
#pragma once

#include "widgets/common/activitymodel.h"
#include "widgets/pages/sandboxes/sandboxactions.h"

namespace quarry::widgets {

class CommitDialog;

class Commits : public QObject
{
    Q_OBJECT
public:
    // All of PARTS live as long; DIALOGPARENT is the window.
    Commits(const SandboxActions::Parts &parts, QWidget *dialogParent, QObject *parent);

    void openForm(const QString &sandbox);

Q_SIGNALS:
    void newSandboxRequested(const QString &image);

private:
    void begin(const QString &sandbox, const QString &image, CommitDialog *form);
    void follow(const QString &sandbox, ActivityId activity);
    void end(const sandbox::CommitInfo &commit, ActivityId activity);

    SandboxActions::Parts m_parts;
    QWidget *m_dialogParent;
};

} // namespace quarry::widgets
