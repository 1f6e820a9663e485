// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/requests/requestfilter.h"

#include <algorithm>

namespace quarry::widgets {

RequestFilter::RequestFilter(RequestModel *model, QObject *parent)
    : QSortFilterProxyModel(parent), m_model(model)
{
    setDynamicSortFilter(true);
    setSourceModel(model);
}

void RequestFilter::setText(const QString &text)
{
    m_words = text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
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
    return std::all_of(m_words.begin(), m_words.end(), [&](const QString &word) {
        return record.path.contains(word, Qt::CaseInsensitive)
            || record.client.contains(word, Qt::CaseInsensitive) || status.startsWith(word)
            || record.method.compare(word, Qt::CaseInsensitive) == 0;
    });
}

} // namespace quarry::widgets
