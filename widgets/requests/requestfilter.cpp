// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/requests/requestfilter.h"

namespace quarry::widgets {

RequestFilter::RequestFilter(RequestModel *model, QObject *parent)
    : WordFilter(parent), m_model(model)
{
    setDynamicSortFilter(true);
    setSourceModel(model);
}

void RequestFilter::setErrorsOnly(bool on)
{
    m_errorsOnly = on;
    invalidateFilter();
}

bool RequestFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const RequestRecord &record = m_model->record(row);
    if (m_errorsOnly && !isError(record))
        return false;
    const QString status = QString::number(record.status);
    return everyWord([&](const QString &word) {
        return holds(record.path, word) || holds(record.client, word) || status.startsWith(word)
            || record.method.compare(word, Qt::CaseInsensitive) == 0;
    });
}

} // namespace quarry::widgets
