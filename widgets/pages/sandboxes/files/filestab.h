// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The tab of the chosen sandbox's files: a folder, and below it a file that is open.
#pragma once

#include "sandbox/sandboxinfo.h"
#include "widgets/models/sandboxfiles.h"

#include <QHash>
#include <QSplitter>

class QSettings;
class QStackedWidget;

namespace quarry::widgets {

class ActionRegistry;
class ActivityModel;
class DragOut;
class FileActions;
class FileEditor;
class FolderView;
class Notices;
class Transfers;

// Each sandbox has its own folder and its own open file; one with unsaved changes is kept while
// another sandbox is looked at.
class FilesTab : public QSplitter
{
    Q_OBJECT
public:
    struct Parts {
        engine::EngineHost &host;
        ActionRegistry &actions; // has sandbox.restart already
        ActivityModel &activity;
        Notices &notices;
    };
    // All of PARTS live as long. Adds the actions file.…
    explicit FilesTab(const Parts &parts, QWidget *parent = nullptr);

    void show(const sandbox::SandboxInfo &info);
    using QWidget::show;
    // The sandbox is gone, and with it what was changed in its files.
    void forget(const QString &id);
    // The next time that ID is shown, or at once.
    void goTo(const QString &id, const QByteArray &folder);
    void openFile(const QByteArray &path);

    int unsaved() const; // open files, of any sandbox
    FolderView *view() const { return m_view; }
    FileEditor *editor() const; // of the sandbox that is shown; may be null

    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings);

Q_SIGNALS:
    // A person asks to see a folder of this sandbox: goTo() has been called.
    void showAsked(const QString &id);

private:
    void addEditorActions();
    void refresh();
    void showEditor();
    void closeEditor(const QString &id);
    void upload(const QStringList &localPaths, const QByteArray &folder);
    void askDownload(const QString &id, const QList<QByteArray> &paths);
    void addDrags();
    void uploaded(const QString &id, const QByteArray &folder, const QList<QByteArray> &names);

    Parts m_parts;
    QString m_id; // of the sandbox that is shown
    std::optional<sandbox::State> m_state; // its
    QHash<QString, QByteArray> m_folders; // where each was left
    QHash<QString, FileEditor *> m_editors;
    QStackedWidget *m_stack; // of the editors
    FileActions *m_fileActions;
    FolderView *m_view;
    Transfers *m_transfers;
    DragOut *m_dragOut;
};

} // namespace quarry::widgets
