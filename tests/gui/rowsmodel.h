// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Rows like those of sandboxes, for looking at the table. Not in the product.
#pragma once

#include "widgets/common/tableroles.h"
#include "widgets/theme/look.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace quarry::widgets {

class RowsModel : public QAbstractTableModel
{
public:
    struct Row {
        State state;
        QString word, id, image, cpu, memory, age;
        double cpuUse, memoryUse; // negative: none
    };

    explicit RowsModel(QList<Row> rows, QObject *parent = nullptr)
        : QAbstractTableModel(parent), m_rows(std::move(rows))
    {
    }

    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : int(m_rows.size());
    }
    int columnCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : 6;
    }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        static const QStringList titles{QStringLiteral("State"),  QStringLiteral("Id"),
                                        QStringLiteral("Image"),  QStringLiteral("CPU"),
                                        QStringLiteral("Memory"), QStringLiteral("Age")};
        if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
            return int(Qt::AlignVCenter | (section >= 3 ? Qt::AlignRight : Qt::AlignLeft));
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
            return {};
        return titles.value(section);
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        const Row &row = m_rows.at(index.row());
        const QStringList texts{row.word, row.id, row.image, row.cpu, row.memory, row.age};
        if (role == Qt::DisplayRole)
            return texts.value(index.column());
        if (role == StateRole && index.column() == 0)
            return int(row.state);
        const double use = index.column() == 3 ? row.cpuUse
            : index.column() == 4              ? row.memoryUse
                                               : -1;
        return role == MeterRole && use >= 0 ? QVariant(use) : QVariant();
    }

private:
    QList<Row> m_rows;
};

} // namespace quarry::widgets
