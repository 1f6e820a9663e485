// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/overview/sandboxgroup.h"

#include "widgets/common/tableroles.h"
#include "widgets/models/sandboxstate.h"

namespace quarry::widgets {

SandboxGroup::SandboxGroup(SandboxModel &model, Kind kind, QObject *parent)
    : QSortFilterProxyModel(parent), m_model(model), m_kind(kind)
{
    setSortRole(SortRole);
    setSourceModel(&model);
    sort(SandboxModel::AgeColumn);
}

QString SandboxGroup::idAt(int row) const
{
    const QModelIndex source = mapToSource(index(row, 0));
    return source.isValid() ? m_model.idAt(source.row()) : QString();
}

bool SandboxGroup::filterAcceptsRow(int row, const QModelIndex &) const
{
    const sandbox::SandboxInfo *info = m_model.find(m_model.idAt(row));
    if (!info)
        return false;
    return m_kind == Failed ? hasFailed(*info) : info->alive() || info->pending();
}

} // namespace quarry::widgets
