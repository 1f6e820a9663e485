// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/processes/processfilter.h"

#include "widgets/common/tableroles.h"

#include <algorithm>

namespace quarry::widgets {

ProcessFilter::ProcessFilter(ProcessModel *model, QObject *parent)
    : QSortFilterProxyModel(parent), m_model(model)
{
    setSortRole(SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setSourceModel(model);
}

void ProcessFilter::setText(const QString &text)
{
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

bool ProcessFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    if (m_words.isEmpty())
        return true;
    const sandbox::Process &process = m_model->process(row);
    const QString command = commandText(process);
    const QString state = m_model->index(row, ProcessModel::StateColumn).data().toString();
    const QString pid = QString::number(process.pid);
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString &word) {
        const auto in
            = [&](const QString &text) { return text.contains(word, Qt::CaseInsensitive); };
        return in(command) || in(process.name) || in(process.user) || in(state) || pid == word;
    });
}

} // namespace quarry::widgets
