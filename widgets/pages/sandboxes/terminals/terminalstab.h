// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The tab of the chosen sandbox's terminals, and what can be done with them.
#pragma once

#include "sandbox/sandboxinfo.h"
#include "widgets/pages/sandboxes/terminals/terminalarea.h"

#include <QHash>
#include <QStackedWidget>

namespace quarry::widgets {

class Notices;
class TerminalView;

class TerminalsTab : public QStackedWidget
{
    Q_OBJECT
public:
    struct Parts {
        engine::EngineHost &host;
        ActionRegistry &actions; // has sandbox.shell already
        Notices &notices;
    };
    // All of PARTS live as long. Adds the actions terminal.…
    explicit TerminalsTab(const Parts &parts, QWidget *parent = nullptr);

    void show(const sandbox::SandboxInfo &info);
    using QWidget::show;
    // A shell in the sandbox that is shown.
    void openShell();
    int count() const; // living terminals of the sandbox that is shown
    TerminalArea *area() const;
    int zoom() const { return m_zoom; }
    void setZoom(int pixels);

Q_SIGNALS:
    void countChanged();
    void restartRequested(const QString &sandboxId);

private:
    void addActions();
    void addViewActions();
    QAction *addAction(const char *name, const QString &text, const char *icon,
                       const QKeySequence &keys, std::function<void()> run);
    using QWidget::addAction;
    void refresh();
    void saveRecording();
    TerminalView *view() const;
    void forget(TerminalArea *area);

    Parts m_parts;
    QHash<QString, TerminalArea *> m_areas; // of the sandboxes with open terminals, and the shown
    int m_zoom;
};

} // namespace quarry::widgets
