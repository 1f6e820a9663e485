// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How often which error was answered since the server started.
#pragma once

#include <QAbstractTableModel>
#include <QMap>

namespace quarry::widgets {

class ErrorModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { StatusColumn, MeaningColumn, CountColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    // By status; 0 is a connection that was cut. At most MaxStatus are told apart.
    static constexpr int MaxStatus = 100;
    void add(const QMap<int, qint64> &errors);
    void clear();
    qint64 total() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        int status;
        qint64 count;
    };
    QList<Row> m_rows; // by status
};

} // namespace quarry::widgets
