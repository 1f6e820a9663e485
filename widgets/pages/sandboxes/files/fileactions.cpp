// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/files/fileactions.h"

#include "base/escapedname.h"
#include "copy/copyplan.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/activitymodel.h"
#include "widgets/common/format.h"
#include "widgets/common/notices.h"
#include "widgets/common/question.h"
#include "widgets/pages/sandboxes/files/filestable.h"
#include "widgets/pages/sandboxes/files/folderview.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QInputDialog>

namespace quarry::widgets {

namespace {

constexpr qsizetype nameMax = 255; // bytes, as file systems have it
constexpr qint64 countMax = 10'000; // entries, before the question says "more than"

QString removedText(const QList<QByteArray> &paths, const Result<sandbox::TreeCount> &count)
{
    const QString name = oneLine(escapedName(copy::lastName(paths.first())), 200);
    const QString what = paths.size() == 1
        ? name
        : FileActions::tr("%1 and %2 more").arg(name, formatCount(paths.size() - 1));
    if (!count || count->files + count->folders == paths.size())
        return FileActions::tr("Delete %1?").arg(what);
    if (count->more)
        return FileActions::tr("Delete %1 with more than %2 files and folders?")
            .arg(what, formatCount(countMax));
    return FileActions::tr("Delete %1? That is %2 in %3, %4.")
        .arg(what, counted(count->files, FileActions::tr("1 file"), FileActions::tr("%1 files")),
             counted(count->folders, FileActions::tr("1 folder"), FileActions::tr("%1 folders")),
             formatBytes(count->bytes));
}

} // namespace

FileActions::FileActions(const Parts &parts, QWidget *scope)
    : QObject(scope), m_parts(parts), m_scope(scope)
{
    addActions();
}

void FileActions::add(const char *name, const QString &text, const char *icon,
                      const QKeySequence &keys, std::function<void()> run, const QString &shortText)
{
    m_parts.actions.add({.id = QStringLiteral("file.") + QString::fromLatin1(name),
                         .text = text,
                         .shortText = shortText,
                         .icon = QString::fromLatin1(icon),
                         .shortcut = keys,
                         .scope = m_scope},
                        this, std::move(run));
}

void FileActions::addActions()
{
    add("open", tr("Open file"), "file", {},
        [this] { m_view->openRow(m_view->table()->selectedRows().value(0, -1)); });
    add("download", tr("Download…"), "download", QKeySequence(tr("Ctrl+D")),
        [this] { Q_EMIT downloadAsked(m_view->selectedPaths()); });
    add("upload", tr("Upload files…"), "upload", QKeySequence(tr("Ctrl+U")),
        [this] { pickUpload(false); });
    add("uploadFolder", tr("Upload folder…"), "upload", {}, [this] { pickUpload(true); });
    add("newFolder", tr("New folder…"), "add", QKeySequence(tr("Ctrl+Shift+N")),
        [this] { makeFolder(); });
    add("newFile", tr("New file…"), "file", {}, [this] { makeFile(); });
    add("rename", tr("Rename file"), "keyboard", QKeySequence(Qt::Key_F2),
        [this] { m_view->editName(); });
    add("copyPath", tr("Copy path"), "copy", {}, [this] { copyPaths(); });
    add("copyCommand", tr("Copy as quarry command"), "terminal", {}, [this] { copyCommand(); });
    add("up", tr("Parent folder"), "chevron-up", QKeySequence(Qt::ALT | Qt::Key_Up),
        [this] { m_view->up(); });
    add("refresh", tr("Refresh folder"), "restart", QKeySequence(Qt::Key_F5),
        [this] { m_view->refresh(); });
    m_parts.actions.add({.id = QStringLiteral("file.delete"),
                         .text = tr("Delete files"),
                         .icon = QStringLiteral("delete"),
                         .shortcut = QKeySequence(Qt::Key_Delete),
                         .danger = true,
                         .scope = m_scope},
                        this, [this] { askRemove(); });
}

void FileActions::setView(FolderView *view)
{
    m_view = view;
    connect(view, &FolderView::selectionChanged, this, &FileActions::refresh);
    connect(view, &FolderView::folderChanged, this, &FileActions::refresh);
    connect(&view->model(), &FolderModel::renameAsked, this, &FileActions::rename,
            Qt::QueuedConnection);
    refresh();
}

void FileActions::refresh()
{
    const QList<int> rows = m_view->table()->selectedRows();
    const bool running = m_view->files().has_value();
    const bool any = running && !rows.isEmpty();
    const bool one = running && rows.size() == 1;
    const bool folder = one && m_view->model().entry(rows.first()).isFolder();
    const QString stopped = tr("no running sandbox is shown");
    const auto set = [&](const char *name, bool on, const QString &reason) {
        m_parts.actions.setEnabled(QStringLiteral("file.") + QString::fromLatin1(name), on,
                                   running ? reason : stopped);
    };
    set("open", one && !folder, tr("no file is chosen"));
    set("rename", one, tr("not one file is chosen"));
    for (const char *name : {"download", "copyPath", "copyCommand", "delete"})
        set(name, any, tr("no file is chosen"));
    for (const char *name : {"upload", "uploadFolder", "newFolder", "newFile", "refresh"})
        set(name, running, stopped);
    set("up", running && m_view->folder() != "/", tr("this is the topmost folder"));
    m_parts.actions.setSubject(QStringLiteral("file"),
                               one       ? oneLine(m_view->model().entry(rows.first()).shown, 80)
                                   : any ? counted(rows.size(), QString(), tr("%1 files"))
                                         : oneLine(escapedName(m_view->folder()), 80));
}

void FileActions::tell(const Error &error) const
{
    m_parts.notices.post(
        {.kind = NoticeKind::Failure, .text = error.message, .actionText = {}, .action = {}});
}

void FileActions::pickUpload(bool folder)
{
    auto *dialog
        = new QFileDialog(m_scope->window(), folder ? tr("Upload a folder") : tr("Upload files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFiles);
    connect(
        dialog, &QFileDialog::filesSelected, this,
        [this, to = m_view->folder()](const QStringList &paths) { Q_EMIT uploadAsked(paths, to); });
    dialog->open();
}

bool FileActions::isGoodName(const QByteArray &name) const
{
    const bool good = copy::isPlainName(name) && name.size() <= nameMax;
    if (!good)
        tell({ErrorCode::InvalidArgument,
              tr("\"%1\" cannot be the name of a file.").arg(oneLine(escapedName(name), 200)),
              {}});
    return good;
}

void FileActions::askName(const QString &title, const QString &label,
                          std::function<void(const QByteArray &name)> done)
{
    auto *dialog = new QInputDialog(m_scope->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(label);
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, done = std::move(done)](const QString &text) {
                const QByteArray name = fromEscapedName(text);
                if (isGoodName(name) && m_view->files())
                    done(name);
            });
    dialog->open();
}

Callback<void> FileActions::choosing(const QByteArray &name)
{
    return [this, name, folder = m_view->folder()](const Result<void> &done) {
        if (!done)
            tell(done.error());
        else if (m_view->folder() == folder)
            m_view->refresh({name});
    };
}

void FileActions::makeFolder()
{
    askName(tr("New folder"), tr("Name of the new folder:"), [this](const QByteArray &name) {
        m_view->files()->makeFolder(copy::joined(m_view->folder(), name), this, choosing(name));
    });
}

void FileActions::makeFile()
{
    askName(tr("New file"), tr("Name of the new file:"), [this](const QByteArray &name) {
        const QByteArray path = copy::joined(m_view->folder(), name);
        m_view->files()->write(
            {.path = path, .bytes = {}, .fresh = true, .expected = {}}, this,
            [this, path, chosen = choosing(name)](const Result<agent::FileInfo> &made) {
                chosen(made ? Result<void>() : Result<void>(made.error()));
                if (made)
                    Q_EMIT openAsked(path);
            });
    });
}

void FileActions::rename(const QByteArray &name, const QByteArray &newName)
{
    if (!m_view->files() || !isGoodName(newName))
        return;
    const QByteArray folder = m_view->model().path();
    m_view->files()->rename(copy::joined(folder, name), copy::joined(folder, newName), this,
                            choosing(newName));
}

void FileActions::askRemove()
{
    const QList<QByteArray> paths = m_view->selectedPaths();
    if (paths.isEmpty() || !m_view->files())
        return;
    m_view->files()->count(
        paths, countMax, this, [this, paths](const Result<sandbox::TreeCount> &count) {
            Question question;
            question.title = tr("Delete files");
            question.text = removedText(paths, count);
            question.detail = tr("This cannot be undone.");
            question.choices = {{tr("Delete"), true, [this, paths] { remove(paths); }}};
            ask(m_scope->window(), this, question);
        });
}

void FileActions::remove(const QList<QByteArray> &paths)
{
    if (!m_view->files())
        return;
    const QString what = paths.size() == 1 ? oneLine(escapedName(paths.first()), 80)
                                           : counted(paths.size(), QString(), tr("%1 files"));
    const ActivityId activity
        = m_parts.activity.begin({.text = tr("Delete %1 in %2").arg(what, m_view->files()->id()),
                                  .kind = tr("Files"),
                                  .cancel = {},
                                  .open = {}});
    m_view->files()->remove(
        paths, this, [this, activity, folder = m_view->folder()](const Result<void> &removed) {
            m_parts.activity.end(activity, removed ? State::Success : State::Failed,
                                 removed ? QString() : removed.error().message);
            if (!removed)
                tell(removed.error());
            if (m_view->folder() == folder)
                m_view->refresh();
        });
}

// As they are where they are text, else as a shell's words.
void FileActions::copyPaths() const
{
    QStringList lines;
    for (const QByteArray &path : m_view->selectedPaths())
        lines.append(path.isValidUtf8() ? QString::fromUtf8(path) : shellWord(path));
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

void FileActions::copyCommand() const
{
    QStringList lines;
    const QByteArray id = m_view->files() ? m_view->files()->id().toUtf8() : QByteArray();
    for (const int row : m_view->table()->selectedRows()) {
        const bool folder = m_view->model().entry(row).isFolder();
        lines.append(QStringLiteral("quarry sandbox cp %1%2 .")
                         .arg(folder ? QStringLiteral("-r ") : QString(),
                              shellWord(id + ':' + m_view->model().pathOf(row))));
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace quarry::widgets
