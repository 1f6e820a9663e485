// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/sandboxfilter.h"

#include "widgets/common/tableroles.h"
#include "widgets/models/sandboxstate.h"

namespace quarry::widgets {

SandboxFilter::SandboxFilter(SandboxModel *model, QObject *parent)
    : WordFilter(parent), m_model(model)
{
    setSortRole(SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setSourceModel(model);
}

void SandboxFilter::setGroup(Group group)
{
    m_group = group;
    invalidateFilter();
}

QString SandboxFilter::idAt(int row) const
{
    const QModelIndex source = mapToSource(index(row, 0));
    return source.isValid() ? m_model->idAt(source.row()) : QString();
}

int SandboxFilter::rowOf(const QString &id) const
{
    const int row = m_model->rowOf(id);
    return row < 0 ? -1 : mapFromSource(m_model->index(row, 0)).row();
}

bool SandboxFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const sandbox::SandboxInfo *info = m_model->find(m_model->idAt(row));
    if (!info)
        return false;
    if (m_group == Running && !info->alive() && !info->pending())
        return false;
    if (m_group == Failed && !hasFailed(*info))
        return false;
    if (!hasWords())
        return true;
    const QString state = m_model->index(row, SandboxModel::StateColumn).data().toString();
    return everyWord([&](const QString &word) {
        return holds(info->id, word) || holds(info->image, word) || holds(state, word)
            || holds(info->userId, word);
    });
}

} // namespace quarry::widgets
