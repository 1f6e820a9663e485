// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/pages/sandboxes/processes/processfilter.h"

#include "widgets/common/tableroles.h"

namespace quarry::widgets {

ProcessFilter::ProcessFilter(ProcessModel *model, QObject *parent)
    : WordFilter(parent), m_model(model)
{
    setSortRole(SortRole);
    setSortCaseSensitivity(Qt::CaseInsensitive);
    setSourceModel(model);
}

bool ProcessFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    if (!hasWords())
        return true;
    const sandbox::Process &process = m_model->process(row);
    const QString command = commandText(process);
    const QString state = m_model->index(row, ProcessModel::StateColumn).data().toString();
    const QString pid = QString::number(process.pid);
    return everyWord([&](const QString &word) {
        return holds(command, word) || holds(process.name, word) || holds(process.user, word)
            || holds(state, word) || pid == word;
    });
}

} // namespace quarry::widgets
