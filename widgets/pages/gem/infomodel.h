// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A JSON object as lines of key and value; objects within it are named "board.turn".
#pragma once

#include <QAbstractTableModel>
#include <QJsonObject>

namespace quarry::widgets {

class InfoModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { KeyColumn, ValueColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setObject(const QJsonObject &object);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Line {
        QString key;
        QString value;
    };
    void append(const QString &key, const QJsonValue &value, QList<Line> &lines) const;

    QList<Line> m_lines;
};

} // namespace quarry::widgets
