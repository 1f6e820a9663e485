// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/server/clientmodel.h"

#include "widgets/common/format.h"
#include "widgets/common/rowspans.h"

#include <algorithm>

namespace quarry::widgets {

int ClientModel::rowOf(const ClientCount &client) const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) {
        return row.sum.from == client.from && row.sum.agent == client.agent;
    });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

void ClientModel::add(const QList<ClientCount> &counts, const QDateTime &now)
{
    m_now = now;
    QList<int> changed;
    for (const ClientCount &count : counts) {
        const int row = rowOf(count);
        if (row < 0)
            continue;
        m_rows[row].sum.requests += count.requests;
        m_rows[row].sum.errors += count.errors;
        m_rows[row].seen = now;
        changed.append(row);
    }
    for (const auto &[first, last] : rowSpans(changed))
        Q_EMIT dataChanged(index(first, RequestsColumn), index(last, SeenColumn));
    for (const ClientCount &count : counts) {
        if (rowOf(count) >= 0)
            continue;
        makeRoom();
        const int row = int(m_rows.size());
        beginInsertRows({}, row, row);
        m_rows.append({count, now});
        endInsertRows();
    }
}

void ClientModel::makeRoom()
{
    if (m_rows.size() < MaxClients)
        return;
    const auto oldest = std::min_element(
        m_rows.begin(), m_rows.end(), [](const Row &a, const Row &b) { return a.seen < b.seen; });
    const int row = int(oldest - m_rows.begin());
    beginRemoveRows({}, row, row);
    m_rows.erase(oldest);
    endRemoveRows();
}

void ClientModel::tick(const QDateTime &now)
{
    m_now = now;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, SeenColumn), index(int(m_rows.size()) - 1, SeenColumn));
}

void ClientModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

int ClientModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ClientModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClientModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section >= RequestsColumn ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Client"), tr("From"), tr("Requests"), tr("Errors"), tr("Seen")};
    return titles.value(section);
}

QVariant ClientModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    if (role == Qt::ToolTipRole && index.column() == SeenColumn)
        return formatExact(row.seen);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case ClientColumn:
        return row.sum.agent.isEmpty() ? tr("does not say") : row.sum.agent;
    case FromColumn:
        return row.sum.from;
    case RequestsColumn:
        return formatCount(row.sum.requests);
    case ErrorsColumn:
        return formatCount(row.sum.errors);
    default:
        return formatRelative(row.seen, m_now);
    }
}

} // namespace quarry::widgets
