// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gem/infomodel.h"

#include "widgets/common/format.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace quarry::widgets {

void InfoModel::append(const QString &key, const QJsonValue &value, QList<Line> &lines) const
{
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto entry = object.begin(); entry != object.end(); ++entry)
            append(key.isEmpty() ? entry.key() : key + u'.' + entry.key(), entry.value(), lines);
        return;
    }
    // Any value as JSON, by way of an array.
    const QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    lines.append({key, oneLine(QString::fromUtf8(text.mid(1, text.size() - 2)))});
}

void InfoModel::setObject(const QJsonObject &object)
{
    QList<Line> lines;
    append({}, object, lines);
    bool alike = lines.size() == m_lines.size();
    for (qsizetype at = 0; alike && at < lines.size(); ++at)
        alike = lines[at].key == m_lines[at].key;
    if (!alike)
        beginResetModel();
    m_lines = lines;
    if (!alike)
        endResetModel();
    else if (!m_lines.isEmpty())
        Q_EMIT dataChanged(index(0, ValueColumn), index(rowCount() - 1, ValueColumn));
}

int InfoModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

int InfoModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant InfoModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0
        || section >= ColumnCount)
        return {};
    return section == KeyColumn ? tr("Key") : tr("Value");
}

QVariant InfoModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)
        || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const Line &line = m_lines[index.row()];
    return index.column() == KeyColumn ? line.key : line.value;
}

} // namespace quarry::widgets
