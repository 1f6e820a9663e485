// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who has called the server since it started.
#pragma once

#include "widgets/models/requests.h"

#include <QAbstractTableModel>

namespace quarry::widgets {

class ClientModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { ClientColumn, FromColumn, RequestsColumn, ErrorsColumn, SeenColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    // In the order they first came. Of more than MaxClients the one not seen for longest goes.
    static constexpr int MaxClients = 200;
    void add(const QList<ClientCount> &counts, const QDateTime &now);
    // The times, as they are at NOW.
    void tick(const QDateTime &now);
    void clear();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        ClientCount sum;
        QDateTime seen;
    };
    int rowOf(const ClientCount &client) const;
    void makeRoom();

    QList<Row> m_rows;
    QDateTime m_now;
};

} // namespace quarry::widgets
