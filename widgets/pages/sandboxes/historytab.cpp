// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/historytab.h"

#include "widgets/common/format.h"
#include "widgets/patterns/tableview.h"

#include <QVBoxLayout>

namespace quarry::widgets {

void HistoryModel::setHistory(const QList<sandbox::HistoryEntry> &history)
{
    const qsizetype more = history.size() - m_entries.size();
    const bool grew = more >= 0
        && std::equal(m_entries.cbegin(), m_entries.cend(), history.cbegin(),
                      [](const auto &a, const auto &b) {
                          return a.time == b.time && a.event == b.event;
                      });
    if (grew && more == 0)
        return;
    if (!grew) {
        beginResetModel();
        m_entries = history;
        endResetModel();
        return;
    }
    beginInsertRows({}, 0, int(more) - 1);
    m_entries = history;
    endInsertRows();
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || role != Qt::DisplayRole)
        return {};
    const sandbox::HistoryEntry &entry = m_entries[m_entries.size() - 1 - index.row()];
    switch (index.column()) {
    case TimeColumn:
        return formatExact(entry.time);
    case StateColumn:
        return entry.toState;
    default:
        return entry.event;
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("Time"), tr("State"), tr("Event")};
    return titles.value(section);
}

HistoryTab::HistoryTab(QWidget *parent) : QWidget(parent), m_model(new HistoryModel(this))
{
    auto *table = new TableView(tr("History"));
    table->setModel(m_model);
    table->setColumns(
        {{CellKind::Figures, 150}, {CellKind::Text, 90}, {CellKind::Text, 200, true}});
    table->setSortingEnabled(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(table);
}

void HistoryTab::show(const sandbox::SandboxInfo &info)
{
    m_model->setHistory(info.history);
}

} // namespace quarry::widgets
