// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The sandboxes of the engine, as a table.
//
// Snapshots that the engine sends; no call to it waits. Rows keep their place as long as they live.
#pragma once

#include "engine/enginehost.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>
#include <QTimer>

namespace quarry::widgets {

class SandboxModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        StateColumn,
        IdColumn,
        ImageColumn,
        CpuColumn,
        MemoryColumn,
        AgeColumn,
        DiskColumn,
        ProcessesColumn,
        NetworkColumn,
        DeadlineColumn,
        OwnerColumn,
        ColumnCount
    };

    // HOST must live as long. Reads what is there at once, and follows.
    explicit SandboxModel(engine::EngineHost &host, QObject *parent = nullptr);

    // Once the host has opened.
    void load();
    // Whose use is measured, every two seconds: what a person sees. None: nothing is asked.
    void measure(const QStringList &ids);

    QString idAt(int row) const { return m_rows.value(row).info.id; }
    const sandbox::SandboxInfo *find(const QString &id) const; // null: not there
    // The last measurement; none yet for a fresh one.
    std::optional<sandbox::SandboxStatistics> use(const QString &id) const;
    int rowOf(const QString &id) const { return m_index.value(id, -1); }

    struct Counts {
        int all = 0, running = 0, starting = 0, failed = 0;
    };
    Counts counts() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void countsChanged();
    // After the rows, for whoever shows one of them.
    void sandboxesChanged(const QStringList &ids);
    void measured(const QString &id, const quarry::sandbox::SandboxStatistics &use);

private:
    struct Row {
        sandbox::SandboxInfo info;
        std::optional<sandbox::SandboxStatistics> use;
    };

    void apply(const QList<sandbox::SandboxInfo> &changed);
    void remove(const QString &id);
    void askUse();
    void tickClocks();
    void rowsChanged(const QList<int> &rows, int firstColumn, int lastColumn);
    QString text(const Row &row, int column) const;
    QString fullText(const Row &row, int column) const;
    QVariant sortKey(const Row &row, int column) const;
    QVariant meter(const Row &row, int column) const;

    engine::EngineHost &m_host;
    QList<Row> m_rows;
    QHash<QString, int> m_index;
    QStringList m_measured;
    QSet<QString> m_asked; // whose answer is on its way
    QTimer m_useTimer;
    QTimer m_clockTimer;
    Counts m_counts;
};

} // namespace quarry::widgets
