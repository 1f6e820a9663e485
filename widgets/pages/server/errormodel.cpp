// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/server/errormodel.h"

#include "widgets/common/format.h"
#include "widgets/common/tableroles.h"
#include "widgets/theme/look.h"

#include <algorithm>
#include <numeric>

namespace quarry::widgets {

namespace {

QString meaning(int status)
{
    switch (status) {
    case 0:
        return ErrorModel::tr("the client left, or the connection was cut");
    case 400:
        return ErrorModel::tr("the request was malformed");
    case 401:
        return ErrorModel::tr("no token, or a wrong one");
    case 403:
        return ErrorModel::tr("the host, the origin or the caller is not allowed");
    case 404:
        return ErrorModel::tr("no such address or thing");
    case 405:
        return ErrorModel::tr("the method does not fit the address");
    case 408:
        return ErrorModel::tr("the request came too slowly");
    case 409:
        return ErrorModel::tr("the state does not allow it");
    case 413:
        return ErrorModel::tr("the body was larger than the limit");
    case 429:
        return ErrorModel::tr("too many at once");
    case 431:
        return ErrorModel::tr("the header was larger than the limit");
    case 503:
        return ErrorModel::tr("no connection left, or still starting");
    case 504:
        return ErrorModel::tr("it ran past its limit");
    default:
        return status < 500 ? ErrorModel::tr("the request was refused")
                            : ErrorModel::tr("a fault of the server");
    }
}

} // namespace

void ErrorModel::add(const QMap<int, qint64> &errors)
{
    for (auto it = errors.begin(); it != errors.end(); ++it) {
        const auto place
            = std::lower_bound(m_rows.begin(), m_rows.end(), it.key(),
                               [](const Row &row, int status) { return row.status < status; });
        const int row = int(place - m_rows.begin());
        if (place != m_rows.end() && place->status == it.key()) {
            place->count += it.value();
            Q_EMIT dataChanged(index(row, CountColumn), index(row, CountColumn));
        } else if (m_rows.size() < MaxStatus) {
            beginInsertRows({}, row, row);
            m_rows.insert(row, {it.key(), it.value()});
            endInsertRows();
        }
    }
}

void ErrorModel::clear()
{
    beginResetModel();
    m_rows.clear();
    endResetModel();
}

qint64 ErrorModel::total() const
{
    return std::accumulate(m_rows.begin(), m_rows.end(), qint64(0),
                           [](qint64 sum, const Row &row) { return sum + row.count; });
}

int ErrorModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ErrorModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ErrorModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section == CountColumn ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Status"), tr("Meaning"), tr("Count")};
    return titles.value(section);
}

QVariant ErrorModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    if (role == StateRole && index.column() == StatusColumn)
        return int(row.status == 0 || row.status >= 500 ? State::Failed : State::Warning);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case StatusColumn:
        return row.status == 0 ? tr("cut") : QString::number(row.status);
    case MeaningColumn:
        return meaning(row.status);
    default:
        return formatCount(row.count);
    }
}

} // namespace quarry::widgets
