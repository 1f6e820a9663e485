// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/requests/requestmodel.h"

#include "widgets/common/format.h"
#include "widgets/common/tableroles.h"
#include "widgets/theme/look.h"

#include <algorithm>

namespace quarry::widgets {

namespace {

constexpr int clientErrors = 400;
constexpr int serverErrors = 500;

State stateOf(int status)
{
    if (status == 0 || status >= serverErrors)
        return State::Failed;
    return status >= clientErrors ? State::Warning : State::Success;
}

} // namespace

bool isError(const RequestRecord &record)
{
    return record.status == 0 || record.status >= clientErrors;
}

void RequestModel::add(const QList<RequestRecord> &records)
{
    const auto count = std::min(int(records.size()), Kept);
    if (count == 0)
        return;
    const int kept = std::min(int(m_records.size()), Kept - count);
    if (kept < int(m_records.size())) {
        beginRemoveRows({}, kept, int(m_records.size()) - 1);
        m_records.resize(size_t(kept));
        endRemoveRows();
    }
    beginInsertRows({}, 0, count - 1);
    for (qsizetype i = records.size() - count; i < records.size(); ++i)
        m_records.push_front(records[i]);
    endInsertRows();
}

void RequestModel::clear()
{
    beginResetModel();
    m_records.clear();
    endResetModel();
}

int RequestModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_records.size());
}

int RequestModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RequestModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const bool figures = section >= InColumn && section <= TookColumn;
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (figures ? Qt::AlignRight : Qt::AlignLeft));
    if (role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Time"), tr("Method"), tr("Path"), tr("Client"),
                             tr("In"),   tr("Out"),    tr("Took"), tr("Status")};
    return titles.value(section);
}

QVariant RequestModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const RequestRecord &record = m_records[size_t(index.row())];
    if (role == Qt::DisplayRole)
        return text(record, index.column());
    if (role == Qt::ToolTipRole && index.column() == TimeColumn)
        return formatExact(record.ended);
    if (role == StateRole && index.column() == StatusColumn)
        return int(stateOf(record.status));
    return {};
}

QString RequestModel::text(const RequestRecord &record, int column) const
{
    switch (column) {
    case TimeColumn:
        return record.ended.toLocalTime().toString(QStringLiteral("HH:mm:ss.zzz"));
    case MethodColumn:
        return record.method.isEmpty() ? tr("none") : record.method;
    case PathColumn:
        return record.method.isEmpty() ? tr("not a request") : record.path;
    case ClientColumn:
        return record.client;
    case InColumn:
        return formatBytes(record.received);
    case OutColumn:
        return formatBytes(record.sent);
    case TookColumn:
        return formatLatency(record.took);
    default:
        return record.status == 0 ? tr("cut") : QString::number(record.status);
    }
}

} // namespace quarry::widgets
