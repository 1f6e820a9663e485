// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/sandboxfilter.h"

#include "widgets/common/tableroles.h"
#include "widgets/models/sandboxstate.h"

#include <algorithm>

namespace quarry::widgets {

SandboxFilter::SandboxFilter(SandboxModel *model, QObject *parent)
    : QSortFilterProxyModel(parent), m_model(model)
{
    setSortRole(SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setSourceModel(model);
}

void SandboxFilter::setText(const QString &text)
{
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
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
    if (m_words.isEmpty())
        return true;
    const QString state = m_model->index(row, SandboxModel::StateColumn).data().toString();
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString &word) {
        const auto in
            = [&](const QString &text) { return text.contains(word, Qt::CaseInsensitive); };
        return in(info->id) || in(info->image) || in(state) || in(info->userId);
    });
}

} // namespace quarry::widgets
