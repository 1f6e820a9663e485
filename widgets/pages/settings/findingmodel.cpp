// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/settings/findingmodel.h"

#include "widgets/common/tableroles.h"
#include "widgets/theme/look.h"

#include <algorithm>

namespace quarry::widgets {

namespace {

int rankOf(const runtime::Finding &finding)
{
    return finding.works ? 2 : finding.needed ? 0 : 1;
}

} // namespace

void FindingModel::setFindings(QList<runtime::Finding> findings)
{
    std::stable_sort(findings.begin(), findings.end(),
                     [](const auto &a, const auto &b) { return rankOf(a) < rankOf(b); });
    beginResetModel();
    m_findings = std::move(findings);
    endResetModel();
}

int FindingModel::failing() const
{
    return int(std::count_if(m_findings.begin(), m_findings.end(),
                             [](const auto &finding) { return rankOf(finding) == 0; }));
}

int FindingModel::missed() const
{
    return int(std::count_if(m_findings.begin(), m_findings.end(),
                             [](const auto &finding) { return rankOf(finding) == 1; }));
}

int FindingModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_findings.size());
}

int FindingModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FindingModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QStringList titles{tr("State"), tr("Part"), tr("What was seen"), tr("What helps")};
    return titles.value(section);
}

QVariant FindingModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const runtime::Finding &finding = m_findings[index.row()];
    const int rank = rankOf(finding);
    if (role == StateRole && index.column() == StateColumn)
        return int(rank == 0 ? State::Failed : rank == 1 ? State::Warning : State::Success);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case StateColumn:
        return rank == 0 ? tr("fails") : rank == 1 ? tr("missed") : tr("works");
    case PartColumn:
        return finding.part;
    case SeenColumn:
        return finding.detail;
    default:
        return finding.works ? QString() : finding.fix;
    }
}

} // namespace quarry::widgets
