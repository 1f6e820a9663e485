// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/terminals/terminalarea.h"

#include "base/pool.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/question.h"
#include "widgets/common/strip.h"
#include "widgets/pages/sandboxes/terminals/terminalfoot.h"
#include "widgets/pages/sandboxes/terminals/terminalframe.h"
#include "widgets/pages/sandboxes/terminals/terminalpane.h"
#include "widgets/patterns/emptystate.h"
#include "widgets/terminal/terminalview.h"
#include "widgets/theme/measures.h"

#include <QDateTime>
#include <QDir>
#include <QLocale>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QThreadPool>
#include <QVBoxLayout>

#include <algorithm>

namespace quarry::widgets {

namespace {
constexpr int RecordingsMax = 16;
constexpr int Columns = 80; // until the pane's own are known
constexpr int Rows = 24;

QString recordingTitle(const Recording &recording)
{
    return TerminalArea::tr("%1, recorded %2")
        .arg(recording.name,
             QLocale().toString(recording.start.toLocalTime(), QLocale::ShortFormat));
}
} // namespace

TerminalArea::TerminalArea(engine::EngineHost &host, ActionRegistry &actions,
                           const sandbox::SandboxInfo &info, QWidget *parent)
    : QWidget(parent), m_host(host), m_actions(actions), m_id(info.id),
      m_folder(host.settings().dataFolder), m_list(new TerminalList(host, info.id, this)),
      m_tabs(new QTabBar), m_stack(new QStackedWidget), m_root(new QSplitter),
      m_foot(new TerminalFoot(actions.action(QStringLiteral("terminal.nextCommand")))),
      m_zoom(TerminalView::ZoomDefault)
{
    m_tabs->setAccessibleName(tr("Terminals of this sandbox"));
    m_tabs->setExpanding(false);
    m_tabs->setDrawBase(false);
    m_tabs->setElideMode(Qt::ElideMiddle);
    m_tabs->setFixedHeight(measures::TabBar); // without tabs it has none
    auto *strip = new Strip(measures::ToolBar);
    strip->add(m_tabs, 1);
    for (const char *id : {"terminal.splitRight", "terminal.splitDown", "terminal.find"})
        strip->addAction(actions.action(QString::fromLatin1(id)), ActionButton::IconOnly,
                         ButtonKind::Flat);
    strip->addAction(actions.action(QStringLiteral("sandbox.shell")), ActionButton::IconOnly,
                     ButtonKind::Flat);

    auto *empty = new EmptyState(QStringLiteral("terminal"), tr("No terminals yet"),
                                 tr("A shell in this sandbox for you. Sessions of agents appear "
                                    "here by themselves, to be watched and taken over."));
    empty->addAction(actions.action(QStringLiteral("sandbox.shell")));
    m_stack->addWidget(empty);
    m_stack->addWidget(m_root);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(strip);
    column->addWidget(m_stack, 1);
    column->addWidget(m_foot);

    m_root->addWidget(addPane());
    setCurrent(m_panes.first());
    connect(m_tabs, &QTabBar::tabBarClicked, this, [this](int index) {
        if (index >= 0)
            showItem(index, m_current);
    });
    connect(m_list, &TerminalList::changed, this, &TerminalArea::followList);
    addRecordings(info);
}

TerminalArea::~TerminalArea()
{
    delete m_root; // the frames, before what they show
}

bool TerminalArea::hasOpened() const
{
    return std::any_of(m_items.cbegin(), m_items.cend(),
                       [](const auto &item) { return item->live != nullptr; });
}

int TerminalArea::count() const
{
    return int(std::count_if(m_items.cbegin(), m_items.cend(), [](const auto &item) {
        if (item->recording)
            return false;
        return item->live ? !item->live->hasEnded() : !item->entry.ended;
    }));
}

LiveTerminal *TerminalArea::currentTerminal() const
{
    return m_current ? m_current->terminal() : nullptr;
}

void TerminalArea::followList()
{
    for (const TerminalEntry &entry : m_list->entries()) {
        const auto same = [&](const TerminalEntry &other) { return other.isSame(entry); };
        const bool dismissed = std::any_of(m_dismissed.cbegin(), m_dismissed.cend(), same);
        const auto known = std::find_if(m_items.begin(), m_items.end(), [&](const auto &item) {
            return !item->recording && same(item->entry);
        });
        if (known != m_items.end())
            (*known)->entry.ended = entry.ended;
        else if (!dismissed)
            m_items.push_back(
                std::make_unique<Item>(Item{entry, {}, entry.name, nullptr, nullptr, false}));
    }
    // What was never looked at goes with its sandbox.
    std::erase_if(m_items, [this](const auto &item) {
        const auto &entries = m_list->entries();
        return !item->recording && !item->live
            && std::none_of(entries.cbegin(), entries.cend(),
                            [&](const TerminalEntry &entry) { return entry.isSame(item->entry); });
    });
    showFirst();
    refreshTabs();
    Q_EMIT countChanged();
}

// Of earlier starts of the sandbox, the newest.
void TerminalArea::addRecordings(const sandbox::SandboxInfo &info)
{
    const QString folder
        = QStringLiteral("%1/sandboxes/%2").arg(m_host.settings().dataFolder, m_id);
    runInPool<QList<Recording>>(
        *QThreadPool::globalInstance(), this,
        [folder, running = info.alive() ? info.startTime : QDateTime()] {
            return Result<QList<Recording>>(findRecordings(folder, running, RecordingsMax));
        },
        [this, history = info.history](const Result<QList<Recording>> &found) {
            for (Recording recording : *found) {
                const QString end = endOf(history, recording.start);
                if (recording.endReason.isEmpty())
                    recording.endReason = end.isEmpty()
                        ? tr("It was cut off while the shell was running.")
                        : tr("It was cut off with its sandbox: %1.").arg(end);
                m_items.push_back(std::make_unique<Item>(
                    Item{{}, recording, recordingTitle(recording), nullptr, nullptr, false}));
            }
            showFirst();
            refreshTabs();
        });
}

TerminalArea::Item *TerminalArea::itemOf(const LiveTerminal *terminal)
{
    const auto found = std::find_if(m_items.begin(), m_items.end(),
                                    [&](const auto &item) { return item->live == terminal; });
    return terminal && found != m_items.end() ? found->get() : nullptr;
}

TerminalPane *TerminalArea::addPane()
{
    m_panes.append(new TerminalPane);
    return m_panes.last();
}

TerminalFrame *TerminalArea::makeFrame(LiveTerminal &terminal)
{
    auto *frame = new TerminalFrame(terminal, m_actions, m_id);
    frame->view()->setZoom(m_zoom);
    const auto pane = [this, live = &terminal] { return paneOf(live); };
    connect(frame, &TerminalFrame::activated, this, [this, pane] {
        if (pane())
            setCurrent(pane());
    });
    connect(frame, &TerminalFrame::zoomRequested, this, &TerminalArea::zoomRequested);
    connect(frame, &TerminalFrame::problem, this, &TerminalArea::problem);
    connect(frame, &TerminalFrame::closeRequested, this, [this, pane] {
        if (pane())
            setCurrent(pane());
        closeCurrent();
    });
    connect(frame, &TerminalFrame::newShellRequested, this, [this, pane] { openShellIn(pane()); });
    connect(frame, &TerminalFrame::restartRequested, this,
            [this] { Q_EMIT restartRequested(m_id); });
    return frame;
}

TerminalPane *TerminalArea::paneOf(const LiveTerminal *terminal) const
{
    const auto found = std::find_if(m_panes.cbegin(), m_panes.cend(), [&](TerminalPane *pane) {
        return pane->terminal() == terminal;
    });
    return terminal && found != m_panes.cend() ? *found : nullptr;
}

TerminalFrame *TerminalArea::currentFrame() const
{
    return m_current ? m_current->frame() : nullptr;
}

void TerminalArea::openShell()
{
    openShellIn(m_current);
}

void TerminalArea::openShellIn(TerminalPane *pane)
{
    const TerminalFrame *frame = pane ? pane->frame() : nullptr;
    m_list->openShell(frame ? frame->view()->visibleColumns() : Columns,
                      frame ? frame->view()->visibleRows() : Rows,
                      [this, pane = QPointer(pane)](const Result<TerminalEntry> &opened) {
                          if (!opened) {
                              Q_EMIT problem(opened.error().message);
                              return;
                          }
                          auto found
                              = std::find_if(m_items.begin(), m_items.end(), [&](const auto &item) {
                                    return !item->recording && item->entry.isSame(*opened);
                                });
                          if (found == m_items.end()) {
                              m_items.push_back(std::make_unique<Item>(
                                  Item{*opened, {}, opened->name, nullptr, nullptr, false}));
                              found = m_items.end() - 1;
                          }
                          TerminalPane *target = pane ? pane.data() : m_current.data();
                          showItem(int(found - m_items.begin()), target);
                          if (target)
                              target->focusTerminal();
                          Q_EMIT countChanged();
                      });
}

void TerminalArea::showItem(int index, TerminalPane *pane)
{
    if (index < 0 || index >= int(m_items.size()))
        return;
    Item &item = *m_items[size_t(index)];
    if (TerminalPane *shown = paneOf(item.live)) {
        shown->focusTerminal();
        setCurrent(shown);
        refreshTabs();
        return;
    }
    if (!item.live) {
        item.live = item.recording ? new LiveTerminal(*item.recording, m_folder, this)
                                   : new LiveTerminal(m_host, item.entry, m_folder, this);
        connect(item.live, &LiveTerminal::stateChanged, this,
                [this, live = item.live] { liveChanged(live); });
    }
    if (!item.frame)
        item.frame = makeFrame(*item.live);
    if (pane)
        pane->show(item.frame);
    m_foot->follow(currentFrame());
    m_stack->setCurrentWidget(m_root);
    refreshTabs();
    Q_EMIT changed();
}

// A pane that shows nothing takes the first terminal that no other shows.
void TerminalArea::showFirst()
{
    if (!isVisible() || !m_current || m_current->terminal())
        return;
    for (size_t i = 0; i < m_items.size(); ++i) {
        if (!paneOf(m_items[i]->live)) {
            showItem(int(i), m_current);
            return;
        }
    }
    m_stack->setCurrentIndex(m_items.empty() ? 0 : 1);
}

void TerminalArea::liveChanged(LiveTerminal *terminal)
{
    Item *item = itemOf(terminal);
    if (item && item->closing && terminal->hasEnded()) {
        remove(terminal);
        return;
    }
    refreshTabs();
    Q_EMIT changed();
    Q_EMIT countChanged();
}

void TerminalArea::split(Qt::Orientation direction)
{
    if (!m_current || !m_current->terminal())
        return;
    TerminalPane *beside = m_current;
    auto *around = qobject_cast<QSplitter *>(beside->parentWidget());
    TerminalPane *pane = addPane();
    const int at = around->indexOf(beside);
    if (around->count() == 1)
        around->setOrientation(direction);
    if (around->orientation() == direction) {
        around->insertWidget(at + 1, pane);
    } else {
        const QList<int> sizes = around->sizes();
        auto *nested = new QSplitter(direction);
        around->insertWidget(at, nested);
        nested->addWidget(beside);
        nested->addWidget(pane);
        around->setSizes(sizes);
        around = nested;
    }
    around->setChildrenCollapsible(false);
    around->setSizes(QList<int>(around->count(), 1000));
    pane->QWidget::show();
    beside->QWidget::show();
    setCurrent(pane);
    openShellIn(pane);
}

void TerminalArea::closeCurrent()
{
    LiveTerminal *terminal = currentTerminal();
    Item *item = itemOf(terminal);
    if (!item) {
        if (m_current && m_panes.size() > 1)
            removePane(m_current);
        return;
    }
    if (terminal->hasEnded()) {
        remove(terminal);
        return;
    }
    if (terminal->source() == LiveTerminal::Source::Session)
        return; // the agent's to close
    const auto close = [this, terminal = QPointer(terminal)] {
        if (Item *still = itemOf(terminal)) {
            still->closing = true;
            terminal->close();
        }
    };
    if (!terminal->surface()->isCommandRunning()) {
        close();
        return;
    }
    ask(window(), this,
        {.title = tr("Close terminal"),
         .text = tr("A program runs in %1. Close the terminal and end it?").arg(terminal->name()),
         .detail = {},
         .choices = {{tr("Close"), true, close}}});
}

void TerminalArea::remove(LiveTerminal *terminal)
{
    TerminalPane *pane = paneOf(terminal);
    if (pane)
        pane->show(nullptr);
    if (Item *item = itemOf(terminal)) {
        delete item->frame; // before what it shows
        if (!item->recording)
            m_dismissed.append(item->entry);
        std::erase_if(m_items, [&](const auto &each) { return each.get() == item; });
    }
    terminal->deleteLater();
    if (pane && m_panes.size() > 1)
        removePane(pane);
    else
        showFirst();
    refreshTabs();
    Q_EMIT changed();
    Q_EMIT countChanged();
}

void TerminalArea::removePane(TerminalPane *pane)
{
    m_panes.removeOne(pane);
    QWidget *around = pane->parentWidget();
    pane->hide();
    pane->deleteLater();
    pane->setParent(nullptr);
    auto *splitter = qobject_cast<QSplitter *>(around);
    if (splitter && splitter != m_root && splitter->count() == 1) {
        auto *outer = qobject_cast<QSplitter *>(splitter->parentWidget());
        outer->insertWidget(outer->indexOf(splitter), splitter->widget(0));
        splitter->deleteLater();
        splitter->setParent(nullptr);
    }
    setCurrent(m_panes.last());
    m_current->focusTerminal();
}

void TerminalArea::setCurrent(TerminalPane *pane)
{
    m_current = pane;
    for (TerminalPane *each : std::as_const(m_panes))
        each->setCurrent(each == pane && m_panes.size() > 1);
    m_foot->follow(pane->frame());
    refreshTabs();
    Q_EMIT changed();
}

void TerminalArea::refreshTabs()
{
    const QSignalBlocker blocker(m_tabs);
    while (m_tabs->count() > int(m_items.size()))
        m_tabs->removeTab(m_tabs->count() - 1);
    while (m_tabs->count() < int(m_items.size()))
        m_tabs->addTab({});
    int shown = -1;
    for (int i = 0; i < int(m_items.size()); ++i) {
        const Item &item = *m_items[size_t(i)];
        const bool ended
            = !item.recording && (item.live ? item.live->hasEnded() : item.entry.ended);
        const QString text = ended ? tr("%1 (ended)").arg(item.title) : item.title;
        if (m_tabs->tabText(i) != text)
            m_tabs->setTabText(i, text);
        if (item.live && item.live == currentTerminal())
            shown = i;
    }
    if (shown >= 0)
        m_tabs->setCurrentIndex(shown);
    if (m_items.empty())
        m_stack->setCurrentIndex(0);
    m_foot->setVisible(!m_items.empty());
}

void TerminalArea::setZoom(int pixels)
{
    m_zoom = pixels;
    for (const auto &item : m_items) {
        if (item->frame)
            item->frame->view()->setZoom(pixels);
    }
}

void TerminalArea::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showFirst();
    refreshTabs();
}

} // namespace quarry::widgets
