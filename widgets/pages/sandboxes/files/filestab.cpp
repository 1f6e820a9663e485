// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/files/filestab.h"

#include "widgets/common/actionregistry.h"
#include "widgets/common/notices.h"
#include "widgets/pages/sandboxes/files/dragout.h"
#include "widgets/pages/sandboxes/files/fileactions.h"
#include "widgets/pages/sandboxes/files/fileeditor.h"
#include "widgets/pages/sandboxes/files/filestable.h"
#include "widgets/pages/sandboxes/files/folderview.h"
#include "widgets/pages/sandboxes/files/transfers.h"

#include <QApplication>
#include <QFile>
#include <QFileDialog>
#include <QPlainTextEdit>
#include <QSettings>
#include <QStackedWidget>

#include <algorithm>

namespace quarry::widgets {

using sandbox::CopyRequest;

namespace {
constexpr auto startFolder = "/root"; // where commands begin
constexpr auto ColumnsKey = "fileColumns";
constexpr auto SplitKey = "fileSplit";
} // namespace

FilesTab::FilesTab(const Parts &parts, QWidget *parent)
    : QSplitter(Qt::Vertical, parent), m_parts(parts), m_stack(new QStackedWidget),
      m_fileActions(new FileActions({parts.actions, parts.activity, parts.notices}, this)),
      m_transfers(new Transfers({parts.host, parts.activity, parts.notices}, this)),
      m_dragOut(new DragOut(*m_transfers, parts.notices, this))
{
    addEditorActions();
    m_view = new FolderView(parts.actions);
    m_fileActions->setView(m_view);
    setChildrenCollapsible(false);
    addWidget(m_view);
    addWidget(m_stack);
    m_view->lower(); // QSplitter puts the last one first, for readers
    m_stack->hide();
    setSizes({3000, 4000});

    connect(m_fileActions, &FileActions::openAsked, this, &FilesTab::openFile);
    connect(m_fileActions, &FileActions::uploadAsked, this, &FilesTab::upload);
    connect(m_fileActions, &FileActions::downloadAsked, this,
            [this](const QList<QByteArray> &paths) { askDownload(m_id, paths); });
    connect(m_view, &FolderView::fileActivated, this, &FilesTab::openFile);
    connect(m_view, &FolderView::dropped, this, &FilesTab::upload);
    connect(m_view, &FolderView::folderChanged, this, [this] {
        if (m_view->files())
            m_folders.insert(m_id, m_view->folder());
    });
    connect(m_view, &FolderView::problem, this, [this](const QString &text) {
        m_parts.notices.post(
            {.kind = NoticeKind::Failure, .text = text, .actionText = {}, .action = {}});
    });
    connect(m_transfers, &Transfers::uploaded, this, &FilesTab::uploaded);
    connect(m_transfers, &Transfers::openAsked, this,
            [this](const QString &id, const QByteArray &at) {
                goTo(id, at);
                Q_EMIT showAsked(id);
            });
    addDrags();
    refresh();
}

void FilesTab::addEditorActions()
{
    const auto add = [this](const char *name, const QString &text, const QString &shortText,
                            const char *icon, const QKeySequence &keys, std::function<void()> run) {
        m_parts.actions.add({.id = QStringLiteral("file.") + QString::fromLatin1(name),
                             .text = text,
                             .shortText = shortText,
                             .icon = QString::fromLatin1(icon),
                             .shortcut = keys,
                             .scope = this},
                            this, std::move(run));
    };
    add("save", tr("Save file"), tr("Save"), "success", QKeySequence(tr("Ctrl+S")),
        [this] { editor()->save(); });
    add("revert", tr("Revert file"), tr("Revert"), "restart", {}, [this] { editor()->revert(); });
    add("close", tr("Close file"), tr("Close"), "close", {},
        [this] { editor()->leave([this, id = m_id] { closeEditor(id); }); });
}

FileEditor *FilesTab::editor() const
{
    return m_editors.value(m_id);
}

int FilesTab::unsaved() const
{
    return int(std::count_if(m_editors.cbegin(), m_editors.cend(),
                             [](const FileEditor *each) { return each->isModified(); }));
}

void FilesTab::show(const sandbox::SandboxInfo &info)
{
    if (info.id == m_id && info.state == m_state)
        return;
    const QString before = std::exchange(m_id, info.id);
    m_state = info.state;
    if (before != m_id) {
        if (const FileEditor *left = m_editors.value(before); left && !left->isModified())
            closeEditor(before);
        showEditor();
    }
    if (info.alive())
        m_view->show(SandboxFiles(m_parts.host, m_id), m_folders.value(m_id, startFolder));
    else
        m_view->showStopped(info.pending());
    refresh();
}

void FilesTab::forget(const QString &id)
{
    m_folders.remove(id);
    closeEditor(id);
}

void FilesTab::goTo(const QString &id, const QByteArray &folder)
{
    if (id == m_id && m_view->files())
        m_view->go(folder);
    else
        m_folders.insert(id, folder);
}

void FilesTab::openFile(const QByteArray &path)
{
    if (path.isEmpty() || !m_view->files())
        return;
    FileEditor *now = editor();
    if (now) {
        now->leave([now, path] { now->open(path); });
        return;
    }
    now = new FileEditor(*m_view->files(), m_parts.actions, m_parts.notices);
    connect(now, &FileEditor::changed, this, &FilesTab::refresh);
    connect(now, &FileEditor::saved, this, [this, now] {
        if (editor() == now)
            m_view->refresh();
    });
    connect(now, &FileEditor::downloadAsked, this,
            [this, id = m_id](const QByteArray &file) { askDownload(id, {file}); });
    m_editors.insert(m_id, now);
    m_stack->addWidget(now);
    now->open(path);
    showEditor();
}

void FilesTab::showEditor()
{
    if (FileEditor *now = editor())
        m_stack->setCurrentWidget(now);
    m_stack->setVisible(editor() != nullptr);
    refresh();
}

void FilesTab::closeEditor(const QString &id)
{
    FileEditor *closed = m_editors.take(id);
    if (!closed)
        return;
    const bool focused = closed->isAncestorOf(QApplication::focusWidget());
    m_stack->removeWidget(closed);
    closed->deleteLater();
    if (focused)
        m_view->table()->setFocus();
    showEditor();
}

void FilesTab::refresh()
{
    const FileEditor *now = editor();
    const QString none = tr("no file is open");
    const auto set = [&](const char *name, bool on, const QString &reason) {
        m_parts.actions.setEnabled(QStringLiteral("file.") + QString::fromLatin1(name), on,
                                   now ? reason : none);
    };
    set("save", now && now->canSave(), tr("nothing was changed"));
    set("revert", now != nullptr, none);
    set("close", now != nullptr, none);
}

void FilesTab::upload(const QStringList &localPaths, const QByteArray &folder)
{
    CopyRequest request{.direction = CopyRequest::Direction::ToSandbox, .folder = folder};
    for (const QString &path : localPaths)
        request.sources.append(QFile::encodeName(path));
    m_transfers->start(m_id, request);
}

void FilesTab::addDrags()
{
    connect(m_view->table(), &FilesTable::dragAsked, this,
            [this] { m_dragOut->begin(m_id, m_view->selectedPaths()); });
    connect(m_dragOut, &DragOut::ready, m_view->table(), &FilesTable::drag);
    connect(m_dragOut, &DragOut::late, this,
            [this](const QString &id, const QList<QByteArray> &paths) {
                m_parts.notices.post({.kind = NoticeKind::Info,
                                      .text = tr("The files came after the button was let go."),
                                      .actionText = tr("Download…"),
                                      .action = [this, id, paths] { askDownload(id, paths); }});
            });
}

void FilesTab::askDownload(const QString &id, const QList<QByteArray> &paths)
{
    auto *dialog = new QFileDialog(window(), tr("Download to a folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setLabelText(QFileDialog::Accept, tr("Download"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, paths, id](const QString &to) {
        m_transfers->start(id,
                           {.direction = CopyRequest::Direction::FromSandbox,
                            .sources = paths,
                            .folder = QFile::encodeName(to)});
    });
    dialog->open();
}

void FilesTab::uploaded(const QString &id, const QByteArray &folder, const QList<QByteArray> &names)
{
    if (id == m_id && m_view->files() && folder == m_view->folder())
        m_view->refresh(names);
}

void FilesTab::saveState(QSettings &settings) const
{
    m_view->table()->saveState(settings, QLatin1String(ColumnsKey));
    settings.setValue(QLatin1String(SplitKey), QSplitter::saveState());
}

void FilesTab::restoreState(const QSettings &settings)
{
    m_view->table()->restoreState(settings, QLatin1String(ColumnsKey));
    QSplitter::restoreState(settings.value(QLatin1String(SplitKey)).toByteArray());
    setChildrenCollapsible(false);
}

} // namespace quarry::widgets
