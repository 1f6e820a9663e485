// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The processes of one sandbox, as one snapshot after the other shows them.
#pragma once

#include "sandbox/processes.h"

#include <QAbstractTableModel>
#include <QHash>

namespace quarry::widgets {

// A row is one process for as long as it lives, so what is selected stays selected.
class ProcessModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        PidColumn,
        UserColumn,
        StateColumn,
        CpuColumn,
        MemoryColumn,
        ElapsedColumn,
        CommandColumn,
        ParentColumn,
        SessionColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void apply(const sandbox::ProcessSnapshot &snapshot);
    void clear();

    const sandbox::Process &process(int row) const { return m_rows[row].process; }
    // All that descend from the process at ROW, itself not.
    QList<sandbox::Process> descendants(int row) const;
    // The others of the session that the process at ROW leads; none when it leads none.
    QList<sandbox::Process> sessionOf(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        sandbox::Process process;
        double cpu = 0; // percent of one core since the snapshot before, at first since its start
    };
    using Key = std::pair<quint32, qint64>; // pid and start

    static Key keyOf(const sandbox::Process &process)
    {
        return {process.pid, process.startedMicroseconds};
    }
    void removeGone(const QHash<Key, int> &now);
    QString text(const Row &row, int column) const;
    QVariant sortKey(const Row &row, int column) const;

    QList<Row> m_rows;
    qint64 m_now = 0; // of the last snapshot
};

// The command line on one line: its arguments by spaces, [name] where it has none.
QString commandText(const sandbox::Process &process);

} // namespace quarry::widgets
