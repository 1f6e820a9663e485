// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Looking through the folders of a sandbox.
#pragma once

#include "widgets/models/foldermodel.h"

#include <QTimer>
#include <QWidget>

#include <optional>

class QStackedWidget;

namespace quarry::widgets {

class ActionRegistry;
class ElidedLabel;
class EmptyState;
class FilesTable;
class FilterEntry;
class IconEntry;

class FolderView : public QWidget
{
    Q_OBJECT
public:
    // ACTIONS has those of files already, and sandbox.restart.
    explicit FolderView(ActionRegistry &actions, QWidget *parent = nullptr);

    // FOLDER is listed as soon as this is seen.
    void show(const SandboxFiles &files, const QByteArray &folder);
    using QWidget::show;
    // A sandbox that does not run has no files to show; STARTING: it soon will.
    void showStopped(bool starting);

    void go(const QByteArray &folder);
    void up();
    // The names that are chosen when the folder has come again; none: those that are now.
    void refresh(const QList<QByteArray> &choose = {});
    void editName();
    // Goes into a folder; a file is activated. Nothing happens to a row that is not there.
    void openRow(int row);

    const std::optional<SandboxFiles> &files() const { return m_files; } // of a running sandbox
    const QByteArray &folder() const { return m_folder; }
    FolderModel &model() const { return *m_model; }
    FilesTable *table() const { return m_table; }
    QList<QByteArray> selectedPaths() const;

Q_SIGNALS:
    void folderChanged();
    void selectionChanged();
    void fileActivated(const QByteArray &path);
    void dropped(const QStringList &localPaths, const QByteArray &folder);
    void problem(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void layOut(ActionRegistry &actions);
    void typed();
    void list();
    void showPath();
    void showFailure(const QByteArray &path, const Error &error);
    void showFoot();

    std::optional<SandboxFiles> m_files;
    QByteArray m_folder;
    bool m_stale = true; // to be listed when it is seen
    FolderModel *m_model;
    IconEntry *m_path;
    FilterEntry *m_filter;
    FilesTable *m_table;
    QWidget *m_content;
    EmptyState *m_stopped;
    EmptyState *m_failure;
    QStackedWidget *m_stack;
    ElidedLabel *m_foot;
    ElidedLabel *m_note;
    QTimer m_clock; // while it is seen
};

} // namespace quarry::widgets
