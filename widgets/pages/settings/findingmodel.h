// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the examination of the machine found, part by part.
#pragma once

#include "runtime/bubblewrap/machine.h"

#include <QAbstractTableModel>

namespace quarry::widgets {

class FindingModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { StateColumn, PartColumn, SeenColumn, HelpColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    // What fails comes first.
    void setFindings(QList<runtime::Finding> findings);
    int failing() const; // of what is needed
    int missed() const;  // of what is not

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<runtime::Finding> m_findings;
};

} // namespace quarry::widgets
