// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every state the chosen sandbox has been in, the newest first.
#pragma once

#include "sandbox/sandboxinfo.h"

#include <QAbstractTableModel>
#include <QWidget>

namespace quarry::widgets {

class HistoryModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { TimeColumn, StateColumn, EventColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setHistory(const QList<sandbox::HistoryEntry> &history);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<sandbox::HistoryEntry> m_entries; // oldest first
};

class HistoryTab : public QWidget
{
    Q_OBJECT
public:
    explicit HistoryTab(QWidget *parent = nullptr);

    void show(const sandbox::SandboxInfo &info);

private:
    HistoryModel *m_model;
};

} // namespace quarry::widgets
