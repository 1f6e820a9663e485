// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The environments as a table: the native ones, and those that the Python package plays.
#pragma once

#include "widgets/common/wordfilter.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace quarry::widgets {

class KindModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { IdColumn, TextColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    // Those of IDS that are not there yet come behind the native ones.
    void addPackageIds(const QStringList &ids);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString idAt(int row) const;

    QStringList m_packageIds;
};

// Those whose id or text has every word.
class KindFilter : public WordFilter
{
    Q_OBJECT
public:
    using WordFilter::WordFilter;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
};

} // namespace quarry::widgets
