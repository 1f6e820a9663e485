// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The last requests to the server, the newest first.
#pragma once

#include "widgets/models/requests.h"

#include <QAbstractTableModel>

#include <deque>

namespace quarry::widgets {

class RequestModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column {
        TimeColumn,
        MethodColumn,
        PathColumn,
        ClientColumn,
        InColumn,
        OutColumn,
        TookColumn,
        StatusColumn,
        ColumnCount
    };
    static constexpr int Kept = 4000;

    using QAbstractTableModel::QAbstractTableModel;

    // Oldest first, as a batch has them.
    void add(const QList<RequestRecord> &records);
    void clear();
    const RequestRecord &record(int row) const { return m_records[size_t(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const RequestRecord &record, int column) const;

    std::deque<RequestRecord> m_records; // newest first
};

// Whether it went wrong: a status from 400 on, or none.
bool isError(const RequestRecord &record);

} // namespace quarry::widgets
