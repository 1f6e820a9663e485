// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/files/folderview.h"

#include "base/escapedname.h"
#include "copy/copyplan.h"
#include "widgets/common/actionregistry.h"
#include "widgets/common/elidedlabel.h"
#include "widgets/common/filterentry.h"
#include "widgets/common/format.h"
#include "widgets/common/strip.h"
#include "widgets/pages/sandboxes/files/filestable.h"
#include "widgets/patterns/emptystate.h"
#include "widgets/theme/measures.h"

#include <QApplication>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <chrono>

namespace quarry::widgets {

using namespace std::chrono_literals;

namespace {

constexpr auto clockEvery = 30s;

// PATH, seen from FOLDER, without "." and "..".
QByteArray resolved(const QByteArray &path, const QByteArray &folder)
{
    const QByteArray whole = path.startsWith('/') ? path : copy::joined(folder, path);
    QList<QByteArray> parts;
    for (const QByteArray &part : whole.split('/')) {
        if (part == ".." && !parts.isEmpty())
            parts.removeLast();
        else if (!part.isEmpty() && part != "." && part != "..")
            parts.append(part);
    }
    return '/' + parts.join('/');
}

} // namespace

FolderView::FolderView(ActionRegistry &actions, QWidget *parent)
    : QWidget(parent), m_model(new FolderModel(this)),
      m_path(new IconEntry(QStringLiteral("folder"))),
      m_filter(new FilterEntry(tr("Filter files"), tr("Filter"))), m_table(new FilesTable(m_model)),
      m_content(new QWidget),
      m_stopped(new EmptyState(QStringLiteral("folder"), tr("Not running"), {})),
      m_failure(new EmptyState(QStringLiteral("warning"), tr("This folder cannot be shown"), {})),
      m_stack(new QStackedWidget), m_foot(new ElidedLabel), m_note(new ElidedLabel)
{
    layOut(actions);
    m_clock.setInterval(clockEvery);
    connect(&m_clock, &QTimer::timeout, m_model, &FolderModel::tick);
    connect(m_path, &QLineEdit::returnPressed, this, &FolderView::typed);
    connect(m_path, &QLineEdit::editingFinished, this, &FolderView::showPath);
    connect(m_filter, &QLineEdit::textChanged, m_model, &FolderModel::setFilter);
    connect(m_table, &TableView::rowActivated, this, &FolderView::openRow);
    connect(m_table, &TableView::selectedRowsChanged, this, [this] {
        showFoot();
        Q_EMIT selectionChanged();
    });
    connect(m_table, &FilesTable::dropped, this, [this](const QStringList &paths, int row) {
        if (m_files)
            Q_EMIT dropped(paths, row >= 0 ? m_model->pathOf(row) : m_model->path());
    });
    connect(m_model, &FolderModel::arriving, this, [this](qsizetype count) {
        m_note->setText(tr("Listing… %1").arg(formatCount(count)));
    });
    connect(m_model, &FolderModel::opened, this, [this] {
        const bool focused = m_failure->isAncestorOf(QApplication::focusWidget());
        m_stack->setCurrentWidget(m_content);
        if (focused)
            m_table->setFocus();
        showFoot();
    });
    connect(m_model, &FolderModel::failed, this, &FolderView::showFailure);
}

void FolderView::layOut(ActionRegistry &actions)
{
    const auto action = [&](const char *id) { return actions.action(QString::fromLatin1(id)); };
    m_path->setAccessibleName(tr("Folder"));
    m_path->setToolTip(tr("A folder of the sandbox. Bytes that cannot be shown are written as "
                          "\\n or \\xff, and a backslash as \\\\."));
    m_path->setMinimumWidth(120);
    m_filter->setMinimumWidth(96);
    m_filter->setTarget(m_table);
    m_table->setActions(&actions, QStringLiteral("file"));

    auto *tools = new Strip(measures::ToolBar);
    tools->addAction(action("file.up"));
    tools->add(m_path, 3);
    tools->addAction(action("file.refresh"));
    tools->add(m_filter, 1);
    tools->addSeparator();
    for (const char *id : {"file.newFolder", "file.upload", "file.download"})
        tools->addAction(action(id));

    for (ElidedLabel *label : {m_foot, m_note}) {
        label->setType(Type::Small);
        label->setTone(Tone::TextSecondary);
    }
    auto *foot = new Strip(measures::StatusStrip, Tone::Surface, Strip::LineAbove);
    foot->add(m_foot, 1);
    foot->add(m_note);

    m_stopped->addAction(action("sandbox.restart"));
    m_failure->addAction(action("file.up"));
    m_failure->addAction(action("file.refresh"));
    auto *below = new QVBoxLayout(m_content);
    below->setContentsMargins(0, 0, 0, 0);
    below->setSpacing(0);
    below->addWidget(m_table, 1);
    below->addWidget(foot);
    m_stack->addWidget(m_content);
    m_stack->addWidget(m_stopped);
    m_stack->addWidget(m_failure);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(tools);
    column->addWidget(m_stack, 1);
}

void FolderView::show(const SandboxFiles &files, const QByteArray &folder)
{
    m_files = files;
    m_path->setEnabled(true);
    m_filter->setEnabled(true);
    m_filter->clear();
    m_model->clear();
    go(folder);
}

void FolderView::showStopped(bool starting)
{
    m_files.reset();
    m_model->clear();
    m_path->setEnabled(false);
    m_filter->setEnabled(false);
    m_stopped->setTexts(
        starting ? tr("Starting") : tr("Not running"),
        starting ? tr("The files of this sandbox are here as soon as it runs.")
                 : tr("The files of a sandbox can be seen while it runs. They are kept while it "
                      "does not: restart it to see them."));
    m_stack->setCurrentWidget(m_stopped);
    Q_EMIT folderChanged();
}

void FolderView::go(const QByteArray &folder)
{
    m_folder = folder;
    showPath();
    list();
    Q_EMIT folderChanged();
}

void FolderView::up()
{
    const QByteArray from = m_folder;
    if (from == "/")
        return;
    m_table->selectNext({copy::lastName(from)});
    go(copy::folderOf(from));
}

void FolderView::refresh(const QList<QByteArray> &choose)
{
    if (!choose.isEmpty())
        m_table->selectNext(choose);
    list();
}

void FolderView::editName()
{
    m_table->setFocus();
    m_table->editName();
}

// A hidden one costs nothing.
void FolderView::list()
{
    m_stale = !isVisible();
    if (m_files && !m_stale)
        m_model->open(*m_files, m_folder);
}

void FolderView::typed()
{
    const QString text = m_path->text();
    if (text.isEmpty() || !m_files)
        return;
    const QByteArray path = resolved(fromEscapedName(text), m_folder);
    m_table->setFocus();
    m_files->stat(path, this, [this, path](const Result<agent::FileInfo> &info) {
        if (!info || info->type == FolderEntry::Type::Folder) {
            go(path); // which says why not
            return;
        }
        m_table->selectNext({copy::lastName(path)});
        go(copy::folderOf(path));
        Q_EMIT fileActivated(path);
    });
}

void FolderView::showPath()
{
    m_path->setText(escapedName(m_folder));
}

void FolderView::openRow(int row)
{
    if (row < 0 || row >= m_model->rowCount())
        return;
    const FolderEntry entry = m_model->entry(row);
    const QByteArray path = m_model->pathOf(row);
    if (entry.isFolder()) {
        go(path);
    } else if (entry.type != FolderEntry::Type::Link) {
        Q_EMIT fileActivated(path);
    } else if (m_files) {
        m_files->stat(path, this, [this, path](const Result<agent::FileInfo> &info) {
            if (!info)
                Q_EMIT problem(info.error().message);
            else if (info->type == FolderEntry::Type::Folder)
                go(path);
            else
                Q_EMIT fileActivated(path);
        });
    }
}

QList<QByteArray> FolderView::selectedPaths() const
{
    QList<QByteArray> paths;
    for (const QByteArray &name : m_table->selectedNames())
        paths.append(copy::joined(m_model->path(), name));
    return paths;
}

void FolderView::showFailure(const QByteArray &path, const Error &error)
{
    m_model->clear();
    const QString name = escapedName(path);
    const bool gone = error.code == ErrorCode::NotFound;
    m_failure->setTexts(gone ? tr("No such folder") : tr("This folder cannot be shown"),
                        gone ? tr("%1 is not there, or not any more.").arg(name) : error.message);
    m_stack->setCurrentWidget(m_failure);
}

void FolderView::showFoot()
{
    const QList<int> rows = m_table->selectedRows();
    const int shown = m_model->rowCount();
    qint64 bytes = 0;
    for (const int row : rows)
        bytes += m_model->entry(row).size;
    QString text = counted(shown, tr("1 entry"), tr("%1 entries"));
    if (m_model->count() == 0)
        text = tr("This folder is empty");
    else if (shown < m_model->count())
        text = tr("%1 of %2 entries").arg(formatCount(shown), formatCount(m_model->count()));
    if (!rows.isEmpty())
        text = tr("%1 of %2 selected · %3")
                   .arg(formatCount(rows.size()), formatCount(shown), formatBytes(bytes));
    m_foot->setText(text);
    m_note->setText(m_model->isCut() ? tr("Cut: the folder has more than %1 entries")
                                           .arg(formatCount(qint64(FolderModel::EntriesMax)))
                                     : QString());
}

void FolderView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_clock.start();
    list();
}

void FolderView::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_clock.stop();
}

} // namespace quarry::widgets
