// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with the files that are chosen.
#pragma once

#include "widgets/models/sandboxfiles.h"

#include <QKeySequence>
#include <QObject>

class QInputDialog;
class QWidget;

namespace quarry::widgets {

class ActionRegistry;
class ActivityModel;
class FolderView;
class Notices;

// The actions file.… that change a folder, copy a name or ask for something; those of the editor
// are the tab's. Off where they cannot help, and say why.
class FileActions : public QObject
{
    Q_OBJECT
public:
    struct Parts {
        ActionRegistry &actions;
        ActivityModel &activity;
        Notices &notices;
    };
    // All of PARTS live as long. The shortcuts work in SCOPE.
    FileActions(const Parts &parts, QWidget *scope);

    // Once; VIEW lives as long.
    void setView(FolderView *view);

Q_SIGNALS:
    void openAsked(const QByteArray &path);
    void uploadAsked(const QStringList &localPaths, const QByteArray &folder);
    void downloadAsked(const QList<QByteArray> &paths);

private:
    void addActions();
    void add(const char *name, const QString &text, const char *icon, const QKeySequence &keys,
             std::function<void()> run, const QString &shortText = {});
    void refresh();
    void tell(const Error &error) const;
    void pickUpload(bool folder);
    void askName(const QString &title, const QString &label,
                 std::function<void(const QByteArray &name)> done);
    bool isGoodName(const QByteArray &name) const;
    void makeFolder();
    void makeFile();
    void rename(const QByteArray &name, const QByteArray &newName);
    void askRemove();
    void remove(const QList<QByteArray> &paths);
    void copyPaths() const;
    void copyCommand() const;
    // Shows the folder again with NAME chosen, if it is still the one that is shown.
    Callback<void> choosing(const QByteArray &name);

    Parts m_parts;
    QWidget *m_scope;
    FolderView *m_view = nullptr;
};

} // namespace quarry::widgets
