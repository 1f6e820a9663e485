// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/gem/kindmodel.h"

#include "gem/games/registry.h"

namespace quarry::widgets {

void KindModel::addPackageIds(const QStringList &ids)
{
    QStringList added;
    for (const QString &id : ids) {
        if (!gem::environmentKind(id.toStdString()) && !m_packageIds.contains(id))
            added.append(id);
    }
    if (added.isEmpty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + int(added.size()) - 1);
    m_packageIds += added;
    endInsertRows();
}

QString KindModel::idAt(int row) const
{
    const auto kinds = gem::environmentKinds();
    return std::size_t(row) < kinds.size() ? QString::fromStdString(kinds[std::size_t(row)].id)
                                           : m_packageIds.value(row - int(kinds.size()));
}

int KindModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid()
        ? 0
        : int(gem::environmentKinds().size() + std::size_t(m_packageIds.size()));
}

int KindModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant KindModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0
        || section >= ColumnCount)
        return {};
    return section == IdColumn ? tr("Environment") : tr("Parameters");
}

QVariant KindModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)
        || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    if (index.column() == IdColumn)
        return idAt(index.row());
    const auto kinds = gem::environmentKinds();
    if (std::size_t(index.row()) >= kinds.size())
        return tr("played by Python");
    const auto text = QString::fromStdString(kinds[std::size_t(index.row())].text);
    // The sentence is the game's; what follows the colon tells its variants apart.
    return role == Qt::ToolTipRole ? text : text.section(QStringLiteral(": "), 1);
}

bool KindFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const auto text
        = [&](int column) { return sourceModel()->index(row, column, parent).data().toString(); };
    return everyWord([&](const QString &word) {
        return holds(text(KindModel::IdColumn), word) || holds(text(KindModel::TextColumn), word);
    });
}

} // namespace quarry::widgets
