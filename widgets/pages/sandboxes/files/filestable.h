// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The table of a folder.
#pragma once

#include "widgets/models/foldermodel.h"
#include "widgets/patterns/tableview.h"

#include <QElapsedTimer>

namespace quarry::widgets {

// Keeps what is chosen when the same folder comes again; letters go to the next name that begins
// with them; takes files that are dropped on it, and gives its own away.
class FilesTable : public TableView
{
    Q_OBJECT
public:
    // MODEL lives as long.
    explicit FilesTable(FolderModel *model, QWidget *parent = nullptr);

    QList<QByteArray> selectedNames() const;
    // Of what comes next, instead of what is chosen now.
    void selectNext(const QList<QByteArray> &names) { m_wanted = names; }
    // Opens the name of the current row for change.
    void editName();
    // As files of this machine that URLS name, while the mouse's button is held.
    void drag(const QList<QUrl> &urls);

Q_SIGNALS:
    // What is chosen is pulled away.
    void dragAsked();
    // Files of this machine; ROW is the folder that they fell on, or -1.
    void dropped(const QStringList &paths, int row);

protected:
    void keyboardSearch(const QString &search) override;
    void paintEvent(QPaintEvent *event) override;
    void startDrag(Qt::DropActions actions) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void remember();
    void restore();
    void setTarget(std::optional<int> row);
    int folderAt(const QPoint &at) const;

    FolderModel *m_model;
    QList<QByteArray> m_wanted;
    QByteArray m_path; // whose rows were remembered
    QByteArray m_currentName;
    int m_scroll = 0;
    std::optional<int> m_target; // of a drag; -1: the folder itself
    QString m_typed;
    QElapsedTimer m_sinceTyped;
};

} // namespace quarry::widgets
