// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// All terminals of one sandbox: a tab for each, and panes beside and below each other that show
// some of them.
#pragma once

#include "sandbox/sandboxinfo.h"
#include "widgets/pages/sandboxes/terminals/liveterminal.h"
#include "widgets/pages/sandboxes/terminals/recordings.h"
#include "widgets/pages/sandboxes/terminals/terminalpane.h"

#include <QPointer>
#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

class QSplitter;
class QStackedWidget;
class QTabBar;

namespace quarry::widgets {

class ActionRegistry;
class TerminalFoot;
class TerminalFrame;

class TerminalArea : public QWidget
{
    Q_OBJECT
public:
    // HOST and ACTIONS must live as long.
    TerminalArea(engine::EngineHost &host, ActionRegistry &actions,
                 const sandbox::SandboxInfo &info, QWidget *parent = nullptr);
    ~TerminalArea() override;

    const QString &sandboxId() const { return m_id; }
    // Terminals are kept for as long as this: one without any may be made anew at any time.
    bool hasOpened() const;
    int count() const; // living terminals

    TerminalFrame *currentFrame() const; // nullptr: nothing is shown
    LiveTerminal *currentTerminal() const;
    void openShell();
    void split(Qt::Orientation direction);
    void closeCurrent(); // asks when a program runs in it
    void setZoom(int pixels);

Q_SIGNALS:
    void changed(); // what is current, or how it stands
    void countChanged();
    void zoomRequested(int steps);
    void restartRequested(const QString &sandboxId);
    void problem(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct Item {
        TerminalEntry entry;
        std::optional<Recording> recording; // then there is no entry
        QString title;
        LiveTerminal *live = nullptr; // once it was shown
        QPointer<TerminalFrame> frame; // of the pane that shows it or did; may go with that
        bool closing = false;
    };

    void followList();
    void addRecordings(const sandbox::SandboxInfo &info);
    Item *itemOf(const LiveTerminal *terminal);
    TerminalPane *addPane();
    TerminalFrame *makeFrame(LiveTerminal &terminal);
    TerminalPane *paneOf(const LiveTerminal *terminal) const;
    void openShellIn(TerminalPane *pane);
    void showItem(int index, TerminalPane *pane);
    void showFirst();
    void remove(LiveTerminal *terminal);
    void removePane(TerminalPane *pane);
    void setCurrent(TerminalPane *pane);
    void refreshTabs();
    void liveChanged(LiveTerminal *terminal);

    engine::EngineHost &m_host;
    ActionRegistry &m_actions;
    const QString m_id;
    QString m_folder; // for scrollback
    TerminalList *m_list;
    std::vector<std::unique_ptr<Item>> m_items;
    QList<TerminalEntry> m_dismissed;
    QTabBar *m_tabs;
    QStackedWidget *m_stack; // nothing yet, or the panes
    QSplitter *m_root;
    TerminalFoot *m_foot;
    QList<TerminalPane *> m_panes;
    QPointer<TerminalPane> m_current;
    int m_zoom;
};

} // namespace quarry::widgets
