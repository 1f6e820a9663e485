// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The workbench's one table.
#pragma once

#include "widgets/patterns/celldelegate.h"

#include <QList>
#include <QPointer>
#include <QString>
#include <QTableView>

class QMenu;
class QSettings;

namespace quarry::widgets {

class ActionRegistry;

struct TableColumn {
    CellKind kind = CellKind::Text;
    int width = 100;
    bool stretch = false; // takes the width that is left; at most one
    bool shown = true; // at first; a person may choose
};

// Rows are selected as a whole, columns are chosen in the header's menu and remembered, a click on
// a header sorts (give it a QSortFilterProxyModel). Copies what is selected, with full values,
// separated by tabs. Focus is a ring around the current row, or around the empty table.
class TableView : public QTableView
{
    Q_OBJECT
public:
    // NAME is the accessible name and the key of its state.
    explicit TableView(const QString &name, QWidget *parent = nullptr);

    // After setModel(). One for each of the model's columns.
    void setColumns(const QList<TableColumn> &columns);
    void setRowHeight(int pixels);
    // The context menu holds the actions of CONTEXT, which apply to the selected rows.
    void setActions(ActionRegistry *actions, const QString &context);
    // Its check marks choose the columns. The caller owns it.
    QMenu *makeColumnsMenu(QWidget *parent);

    // Row numbers of the model, ascending.
    QList<int> selectedRows() const;
    // -1: the pointer is on none.
    int hoveredRow() const { return m_hovered; }
    bool isFirstShown(int column) const;
    bool isLastShown(int column) const;

    // Widths, order, choice and sort of the columns.
    void saveState(QSettings &settings, const QString &key) const;
    void restoreState(const QSettings &settings, const QString &key);

public Q_SLOTS:
    void copySelection() const;

Q_SIGNALS:
    void selectedRowsChanged();
    // Return or a double click.
    void rowActivated(int row);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    // Home and End mean rows: a row is what is chosen.
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void selectionChanged(const QItemSelection &now, const QItemSelection &before) override;
    void currentChanged(const QModelIndex &now, const QModelIndex &before) override;

private:
    void setHovered(int row);
    void updateRow(int row);

    QPointer<ActionRegistry> m_actions;
    QString m_context;
    int m_hovered = -1;
};

} // namespace quarry::widgets
