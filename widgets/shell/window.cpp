// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/window.h"

#include "widgets/common/accessiblerole.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/activitymodel.h"
#include "widgets/common/notices.h"
#include "widgets/shell/actionsource.h"
#include "widgets/shell/activitypanel.h"
#include "widgets/shell/commandpalette.h"
#include "widgets/shell/focusparts.h"
#include "widgets/shell/noticebar.h"
#include "widgets/shell/readingorder.h"
#include "widgets/shell/statusstrip.h"
#include "widgets/theme/icons.h"
#include "widgets/theme/measures.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QMetaEnum>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>

#include <algorithm>
#include <chrono>

namespace quarry::widgets {

namespace {

constexpr int NumberedPages = 9;
constexpr int PanelHeight = 200;
constexpr std::chrono::seconds SaveAfter(1);

QString key(const char *name)
{
    return QStringLiteral("window/") + QLatin1String(name);
}

SchemeChoice choiceOf(const QString &name)
{
    return name == u"light" ? SchemeChoice::Light
        : name == u"dark"   ? SchemeChoice::Dark
                            : SchemeChoice::Desktop;
}

QString nameOf(SchemeChoice choice)
{
    switch (choice) {
    case SchemeChoice::Light:
        return QStringLiteral("light");
    case SchemeChoice::Dark:
        return QStringLiteral("dark");
    case SchemeChoice::Desktop:
        break;
    }
    return QStringLiteral("desktop");
}

} // namespace

Window::Window(Theme *theme, const QString &stateFile, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_stateFile(stateFile), m_actions(new ActionRegistry(this)),
      m_activity(new ActivityModel({}, this)), m_notices(new Notices(this)), m_rail(new Rail(this)),
      m_stack(new QStackedWidget), m_splitter(new QSplitter(Qt::Vertical)),
      m_panel(new ActivityPanel(m_activity)), m_palette(new CommandPalette(this))
{
    setAccessibleRole(this, QAccessible::Window);
    setWindowIcon(applicationIcon());
    setMinimumSize(measures::MinWindowWidth, measures::MinWindowHeight);
    setFocusPolicy(Qt::NoFocus);
    connect(m_actions, &ActionRegistry::added, this, [this](QAction *action) {
        if (!ActionRegistry::isScoped(action))
            addAction(action);
    });
    addActions();
    layOut();
    m_sources.push_back(std::make_unique<ActionSource>(m_actions));
    m_palette->setSources({m_sources.front().get()});
    connect(m_rail, &Rail::chosen, this, &Window::showPage);
    connect(m_panel, &ActivityPanel::closeRequested, this, [this] { showActivityPanel(false); });
    showTitle();
    restoreGeometryAndParts();
    m_saveSoon.setSingleShot(true);
    m_saveSoon.setInterval(SaveAfter);
    connect(&m_saveSoon, &QTimer::timeout, this, &Window::saveState);
    connect(this, &Window::pageShown, &m_saveSoon, qOverload<>(&QTimer::start));
}

Window::~Window()
{
    // The palette shows results of the sources, which go first.
    m_palette->setSources({});
}

void Window::addActions()
{
    const auto add = [this](const QString &id, const QString &text, const QString &icon,
                            const QKeySequence &keys, std::function<void()> run) {
        return m_actions->add({id, text, {}, icon, keys}, this, std::move(run));
    };
    add(QStringLiteral("window.palette"), tr("Command palette"), QStringLiteral("search"),
        QKeySequence(tr("Ctrl+K")), [this] {
            if (m_palette->isVisible())
                m_palette->close();
            else
                m_palette->open();
        });
    add(QStringLiteral("window.filter"), tr("Filter"), QStringLiteral("filter"), QKeySequence::Find,
        [this] {
            if (Page *shown = page(m_current))
                shown->focusFilter();
        });
    add(QStringLiteral("window.activity"), tr("Activity"), QStringLiteral("running"),
        QKeySequence(tr("Ctrl+J")), [this] { showActivityPanel(!m_panel->isVisible()); });
    add(QStringLiteral("window.nextPart"), tr("Next part of the window"),
        QStringLiteral("chevron-right"), QKeySequence(Qt::Key_F6),
        [this] { focusNextPart(parts(), true); });
    add(QStringLiteral("window.previousPart"), tr("Previous part of the window"),
        QStringLiteral("chevron-left"), QKeySequence(Qt::SHIFT | Qt::Key_F6),
        [this] { focusNextPart(parts(), false); });
    addThemeActions();
    add(QStringLiteral("window.quit"), tr("Quit"), QStringLiteral("close"),
        QKeySequence(tr("Ctrl+Q")), [this] { close(); });
}

void Window::addThemeActions()
{
    const auto add = [this](const QString &id, const QString &text, SchemeChoice choice) {
        m_actions->add({id, text, {}, QStringLiteral("settings"), {}}, this,
                       [this, choice] { m_theme->setChoice(choice); });
    };
    add(QStringLiteral("window.darkTheme"), tr("Dark theme"), SchemeChoice::Dark);
    add(QStringLiteral("window.lightTheme"), tr("Light theme"), SchemeChoice::Light);
    add(QStringLiteral("window.desktopTheme"), tr("Theme of the desktop"), SchemeChoice::Desktop);
}

void Window::layOut()
{
    m_topBar = new TopBar(m_actions->action(QStringLiteral("window.palette")));
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_stack);
    m_splitter->addWidget(m_panel);
    m_stack->lower(); // QSplitter puts the last one first, for readers
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({measures::MinWindowHeight, PanelHeight});
    m_panel->hide();

    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addWidget(m_topBar);
    column->addWidget(new NoticeBar(m_notices));
    column->addWidget(m_splitter, 1);
    column->addWidget(m_status
                      = new StatusStrip(m_activity, m_notices,
                                        m_actions->action(QStringLiteral("window.activity"))));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_rail);
    row->addLayout(column, 1);
}

void Window::restoreGeometryAndParts()
{
    const QSettings settings(m_stateFile, QSettings::IniFormat);
    if (!restoreGeometry(settings.value(key("geometry")).toByteArray()))
        resize(1440, 900);
    m_splitter->restoreState(settings.value(key("splitter")).toByteArray());
    m_splitter->setChildrenCollapsible(false);
    m_panel->setVisible(settings.value(key("activity")).toBool());
    m_wantedPage = settings.value(key("page")).toString();
    m_theme->setChoice(choiceOf(settings.value(key("theme")).toString()));
    QSettings panel(m_stateFile, QSettings::IniFormat);
    panel.beginGroup(QStringLiteral("activity"));
    m_panel->restoreState(panel);
}

void Window::saveState() const
{
    QSettings settings(m_stateFile, QSettings::IniFormat);
    settings.setValue(key("geometry"), saveGeometry());
    settings.setValue(key("splitter"), m_splitter->saveState());
    settings.setValue(key("activity"), !m_panel->isHidden());
    settings.setValue(key("page"), m_current);
    settings.setValue(key("theme"), nameOf(m_theme->choice()));
    settings.beginGroup(QStringLiteral("activity"));
    m_panel->saveState(settings);
    settings.endGroup();
    for (const Entry &entry : m_pages) {
        if (!entry.page)
            continue;
        settings.beginGroup(QStringLiteral("page-") + entry.spec.id);
        entry.page->saveState(settings);
        settings.endGroup();
    }
}

void Window::addPage(PageSpec spec)
{
    const QString id = spec.id;
    const auto number = int(m_pages.size()) + 1;
    m_rail->addItem(id, spec.title, spec.icon, spec.atBottom);
    const QKeySequence keys = number <= NumberedPages
        ? QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + number))
        : QKeySequence();
    m_actions->add({QStringLiteral("page.") + id, spec.title, {}, spec.icon, keys}, this,
                   [this, id] { showPage(id); });
    m_pages.push_back({std::move(spec), nullptr});
    if (m_pages.size() == 1 || id == m_wantedPage)
        showPage(id);
}

void Window::addPaletteSource(std::unique_ptr<PaletteSource> source)
{
    m_sources.push_back(std::move(source));
    QList<PaletteSource *> sources;
    for (const auto &each : m_sources)
        sources.append(each.get());
    m_palette->setSources(sources);
}

QStringList Window::pageIds() const
{
    QStringList ids;
    for (const Entry &entry : m_pages)
        ids.append(entry.spec.id);
    return ids;
}

void Window::showPage(const QString &id)
{
    const auto found = std::find_if(m_pages.begin(), m_pages.end(),
                                    [&](const Entry &entry) { return entry.spec.id == id; });
    if (found == m_pages.end() || id == m_current)
        return;
    m_palette->close();
    const QWidget *focused = QApplication::focusWidget();
    const bool focusMoves = isActiveWindow() && (!focused || m_stack->isAncestorOf(focused));
    m_current = id;
    make(*found);
    m_stack->setCurrentWidget(found->page);
    m_rail->setCurrent(id);
    showTitle();
    if (focusMoves) {
        const QList<QWidget *> parts = found->page->parts();
        std::any_of(parts.begin(), parts.end(), focusPart);
    }
    Q_EMIT pageShown(id);
}

void Window::preparePage(const QString &id)
{
    for (Entry &entry : m_pages) {
        if (entry.spec.id == id)
            make(entry);
    }
}

void Window::make(Entry &entry)
{
    if (entry.page)
        return;
    entry.page = entry.spec.make();
    m_stack->addWidget(entry.page);
    QSettings settings(m_stateFile, QSettings::IniFormat);
    settings.beginGroup(QStringLiteral("page-") + entry.spec.id);
    entry.page->restoreState(settings);
    connect(entry.page, &Page::subtitleChanged, this, &Window::showTitle);
    connect(entry.page, &Page::choiceChanged, &m_saveSoon, qOverload<>(&QTimer::start));
}

const Window::Entry *Window::find(const QString &id) const
{
    const auto found = std::find_if(m_pages.begin(), m_pages.end(),
                                    [&](const Entry &entry) { return entry.spec.id == id; });
    return found == m_pages.end() ? nullptr : &*found;
}

Page *Window::page(const QString &id) const
{
    const Entry *entry = find(id);
    return entry ? entry->page : nullptr;
}

void Window::showTitle()
{
    const Entry *entry = find(m_current);
    const QString title = entry ? entry->spec.title : QString();
    m_topBar->setPage(title, entry && entry->page ? entry->page->subtitle() : QString());
    setWindowTitle(title.isEmpty() ? tr("Quarry") : tr("%1 – Quarry").arg(title));
}

void Window::setBadge(const QString &id, const Badge &badge)
{
    m_rail->setBadge(id, badge);
}

void Window::setMachineUse(const MachineUse &use)
{
    m_topBar->setMachineUse(use);
}

void Window::setServer(const ServerState &server)
{
    m_topBar->setServer(server);
}

void Window::showActivityPanel(bool shown)
{
    if (!shown)
        leavePart(m_panel);
    m_panel->setVisible(shown);
    if (shown)
        m_panel->setFocus(Qt::ShortcutFocusReason);
}

QList<QWidget *> Window::parts() const
{
    QList<QWidget *> parts{m_rail};
    if (Page *shown = page(m_current))
        parts.append(shown->parts());
    parts.append({m_panel, m_status});
    return parts;
}

void Window::closeNow()
{
    m_closing = true;
    close();
    m_closing = false;
}

void Window::closeEvent(QCloseEvent *event)
{
    if (!m_closing && m_mayClose && !m_mayClose()) {
        event->ignore();
        return;
    }
    saveState();
    event->accept();
    Q_EMIT closed();
}

bool Window::focusNextPrevChild(bool next)
{
    return focusNextStop(this, next);
}

void Window::resizeEvent(QResizeEvent *)
{
    if (m_palette->isVisible())
        m_palette->setGeometry(rect());
}

} // namespace quarry::widgets
