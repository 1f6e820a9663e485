// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/terminals/terminalstab.h"

#include "base/pool.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/notices.h"
#include "widgets/pages/sandboxes/terminals/terminalframe.h"
#include "widgets/terminal/terminalview.h"

#include <QFile>
#include <QFileDialog>
#include <QThreadPool>

#include <algorithm>

namespace quarry::widgets {

TerminalsTab::TerminalsTab(const Parts &parts, QWidget *parent)
    : QStackedWidget(parent), m_parts(parts), m_zoom(TerminalView::ZoomDefault)
{
    addActions();
    addViewActions();
    refresh();
}

QAction *TerminalsTab::addAction(const char *name, const QString &text, const char *icon,
                                 const QKeySequence &keys, std::function<void()> run)
{
    return m_parts.actions.add({.id = QStringLiteral("terminal.") + QString::fromLatin1(name),
                                .text = text,
                                .icon = QString::fromLatin1(icon),
                                .shortcut = keys},
                               this, std::move(run));
}

void TerminalsTab::addActions()
{
    const auto terminal = [this] { return area() ? area()->currentTerminal() : nullptr; };
    addAction("takeOver", tr("Take over"), "take-over", {}, [terminal, this] {
        if (LiveTerminal *live = terminal()) {
            live->takeOver();
            area()->currentFrame()->focusTerminal();
        }
    });
    addAction("giveBack", tr("Give back"), "give-back", {}, [terminal] {
        if (LiveTerminal *live = terminal())
            live->giveBack();
    });
    addAction("splitRight", tr("Split right"), "split-h", QKeySequence(tr("Ctrl+Shift+R")),
              [this] { area()->split(Qt::Horizontal); });
    addAction("splitDown", tr("Split down"), "split-v", QKeySequence(tr("Ctrl+Shift+D")),
              [this] { area()->split(Qt::Vertical); });
    addAction("close", tr("Close terminal"), "close", QKeySequence(tr("Ctrl+Shift+W")),
              [this] { area()->closeCurrent(); });
    addAction("saveRecording", tr("Save recording as…"), "download", {},
              [this] { saveRecording(); });
}

void TerminalsTab::addViewActions()
{
    const auto onView = [this](void (TerminalView::*act)()) {
        return [this, act] {
            if (TerminalView *shown = view())
                (shown->*act)();
        };
    };
    addAction("copy", tr("Copy selection"), "copy", QKeySequence(tr("Ctrl+Shift+C")), [this] {
        if (view())
            view()->copy();
    });
    addAction("copyHtml", tr("Copy selection as HTML"), "copy", {}, [this] {
        if (view())
            view()->copyAsHtml();
    });
    addAction("paste", tr("Paste"), "file", QKeySequence(tr("Ctrl+Shift+V")),
              onView(&TerminalView::paste));
    addAction("selectAll", tr("Select all of the terminal"), "terminal",
              QKeySequence(tr("Ctrl+Shift+A")), onView(&TerminalView::selectAll));
    addAction("find", tr("Find in terminal"), "search", QKeySequence(tr("Ctrl+Shift+F")), [this] {
        if (area() && area()->currentFrame())
            area()->currentFrame()->find();
    });
    addAction("previousCommand", tr("Previous command"), "chevron-up",
              QKeySequence(tr("Ctrl+Shift+Up")), [this] {
                  if (view())
                      view()->goToCommand(false);
              });
    addAction("nextCommand", tr("Next command"), "chevron-down",
              QKeySequence(tr("Ctrl+Shift+Down")), [this] {
                  if (view())
                      view()->goToCommand(true);
              });
    addAction("zoomIn", tr("Zoom in"), "add", QKeySequence(tr("Ctrl++")),
              [this] { setZoom(m_zoom + 1); });
    addAction("zoomOut", tr("Zoom out"), "step", QKeySequence(tr("Ctrl+-")),
              [this] { setZoom(m_zoom - 1); });
    addAction("zoomReset", tr("Zoom reset"), "fullscreen", QKeySequence(tr("Ctrl+0")),
              [this] { setZoom(TerminalView::ZoomDefault); });
}

TerminalArea *TerminalsTab::area() const
{
    return qobject_cast<TerminalArea *>(currentWidget());
}

TerminalView *TerminalsTab::view() const
{
    return area() && area()->currentFrame() ? area()->currentFrame()->view() : nullptr;
}

int TerminalsTab::count() const
{
    return area() ? area()->count() : 0;
}

void TerminalsTab::show(const sandbox::SandboxInfo &info)
{
    if (area() && area()->sandboxId() == info.id)
        return;
    TerminalArea *before = area();
    TerminalArea *next = m_areas.value(info.id);
    if (!next) {
        next = new TerminalArea(m_parts.host, m_parts.actions, info);
        next->setZoom(m_zoom);
        m_areas.insert(info.id, next);
        addWidget(next);
        connect(next, &TerminalArea::changed, this, &TerminalsTab::refresh);
        connect(next, &TerminalArea::zoomRequested, this,
                [this](int steps) { setZoom(m_zoom + steps); });
        connect(next, &TerminalArea::restartRequested, this, &TerminalsTab::restartRequested);
        connect(next, &TerminalArea::countChanged, this, [this, next] {
            if (area() == next)
                Q_EMIT countChanged();
        });
        connect(next, &TerminalArea::problem, this, [this](const QString &text) {
            m_parts.notices.post(
                {.kind = NoticeKind::Failure, .text = text, .actionText = {}, .action = {}});
        });
    }
    setCurrentWidget(next);
    if (before && !before->hasOpened())
        forget(before);
    refresh();
    Q_EMIT countChanged();
}

void TerminalsTab::forget(TerminalArea *area)
{
    m_areas.remove(area->sandboxId());
    removeWidget(area);
    area->deleteLater();
}

void TerminalsTab::openShell()
{
    if (area())
        area()->openShell();
}

void TerminalsTab::setZoom(int pixels)
{
    m_zoom = std::clamp(pixels, TerminalView::ZoomMin, TerminalView::ZoomMax);
    for (TerminalArea *each : std::as_const(m_areas))
        each->setZoom(m_zoom);
}

void TerminalsTab::refresh()
{
    const LiveTerminal *terminal = area() ? area()->currentTerminal() : nullptr;
    const bool living = terminal && !terminal->hasEnded();
    const bool session = living && terminal->source() == LiveTerminal::Source::Session;
    const QString none = tr("no terminal is open");
    const auto set = [&](const char *name, bool on, const QString &reason) {
        m_parts.actions.setEnabled(QStringLiteral("terminal.") + QString::fromLatin1(name), on,
                                   terminal ? reason : none);
    };
    m_parts.actions.setSubject(QStringLiteral("terminal"), terminal ? terminal->name() : QString());
    set("takeOver", session && terminal->isReadOnly(), tr("no agent types here"));
    set("giveBack", session && terminal->isTakenOver(), tr("it was not taken over"));
    set("close", terminal && (!session || !living), tr("it is closed by the agent that made it"));
    set("paste", living && !terminal->isReadOnly(), tr("it is read-only"));
    set("saveRecording", terminal && terminal->source() == LiveTerminal::Source::Recording,
        tr("only the recording of an ended shell can be saved"));
    for (const char *name : {"splitRight", "splitDown", "find", "copy", "copyHtml", "selectAll",
                             "previousCommand", "nextCommand"})
        set(name, terminal != nullptr, none);
}

void TerminalsTab::saveRecording()
{
    const LiveTerminal *terminal = area() ? area()->currentTerminal() : nullptr;
    if (!terminal || terminal->file().isEmpty())
        return;
    const QString name = terminal->name() + QStringLiteral(".cast");
    auto *dialog = new QFileDialog(window(), tr("Save recording"), name);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("cast"));
    dialog->selectFile(name);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, from = terminal->file()](const QString &to) {
                runInPool<bool>(
                    *QThreadPool::globalInstance(), this,
                    [from, to]() -> Result<bool> {
                        QFile::remove(to); // the dialog has asked
                        QFile file(from);
                        if (file.copy(to))
                            return true;
                        return {ErrorCode::Internal, file.errorString()};
                    },
                    [this, to](const Result<bool> &saved) {
                        m_parts.notices.post(
                            {.kind = saved ? NoticeKind::Success : NoticeKind::Failure,
                             .text = saved
                                 ? tr("The recording was saved as %1.").arg(to)
                                 : tr("The recording was not saved: %1").arg(saved.error().message),
                             .actionText = {},
                             .action = {}});
                    });
            });
    dialog->open();
}

} // namespace quarry::widgets
