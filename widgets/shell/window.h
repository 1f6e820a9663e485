// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The workbench's window: the rail, the page that is shown, and what surrounds them.
#pragma once

#include "widgets/common/page.h"
#include "widgets/shell/rail.h"
#include "widgets/shell/topbar.h"

#include <QHash>
#include <QList>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

class QSplitter;
class QStackedWidget;

namespace quarry::widgets {

class ActionRegistry;
class ActivityModel;
class ActivityPanel;
class CommandPalette;
class NoticeBar;
class Notices;
class PaletteSource;
class StatusStrip;
class Theme;

// Owns what pages share: the action registry, the activities, the notices. Knows no page by name:
// whoever starts the program adds them.
//
// Its own actions: window.palette (Ctrl+K), window.filter (Ctrl+F), window.activity (Ctrl+J),
// window.nextPart (F6), window.previousPart (Shift+F6), window.darkTheme, window.lightTheme,
// window.desktopTheme, window.quit (Ctrl+Q), and page.ID (Ctrl+1…9) for every page.
class Window : public QWidget
{
    Q_OBJECT
public:
    // THEME must live as long. STATEFILE is an INI file, read here and written when the window
    // closes and soon after a choice: geometry, splitters, columns, tabs, the page, the theme. A
    // file that cannot be read is as one that is not there.
    Window(Theme *theme, const QString &stateFile, QWidget *parent = nullptr);
    ~Window() override;

    ActionRegistry *actions() const { return m_actions; }
    ActivityModel *activity() const { return m_activity; }
    Notices *notices() const { return m_notices; }

    // In the rail's order: those at the bottom last, so that Ctrl+1…9 count down the rail. The
    // first one added, or the one shown last time, is shown.
    void addPage(PageSpec spec);
    // What the palette finds beside the actions.
    void addPaletteSource(std::unique_ptr<PaletteSource> source);

    // Makes the page when it is its first time. Who has the keyboard in the page before gives it to
    // the new one. Unknown ids are ignored.
    void showPage(const QString &id);
    // Makes it ahead of need, so that its actions are there. Unknown ids are ignored.
    void preparePage(const QString &id);
    QString currentPage() const { return m_current; }
    QStringList pageIds() const; // in the rail's order
    // nullptr: it was not shown yet.
    Page *page(const QString &id) const;
    void setBadge(const QString &id, const Badge &badge);

    void setMachineUse(const MachineUse &use);
    void setServer(const ServerState &server);

    // Asked before the window closes. False: it stays, and whoever refused calls closeNow() when a
    // person has decided.
    void setCloseGuard(std::function<bool()> mayClose) { m_mayClose = std::move(mayClose); }
    void closeNow();

    void saveState() const;

Q_SIGNALS:
    void pageShown(const QString &id);
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    struct Entry {
        PageSpec spec;
        Page *page = nullptr;
    };

    void addActions();
    void addThemeActions();
    void layOut();
    void restoreGeometryAndParts();
    void showTitle();
    void showActivityPanel(bool shown);
    QList<QWidget *> parts() const;
    void make(Entry &entry);
    const Entry *find(const QString &id) const;

    Theme *m_theme;
    QString m_stateFile;
    QString m_wantedPage; // of the last time, until it is added
    ActionRegistry *m_actions;
    ActivityModel *m_activity;
    Notices *m_notices;
    std::vector<std::unique_ptr<PaletteSource>> m_sources;
    std::vector<Entry> m_pages;
    QString m_current;

    Rail *m_rail;
    TopBar *m_topBar = nullptr;
    QStackedWidget *m_stack;
    QSplitter *m_splitter;
    ActivityPanel *m_panel;
    StatusStrip *m_status;
    CommandPalette *m_palette;
    std::function<bool()> m_mayClose;
    bool m_closing = false;
    QTimer m_saveSoon;
};

} // namespace quarry::widgets
