// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which requests the table shows.
#pragma once

#include "widgets/requests/requestmodel.h"

#include <QSortFilterProxyModel>

namespace quarry::widgets {

class RequestFilter : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit RequestFilter(RequestModel *model, QObject *parent = nullptr);

    // Every word must be in the method, the path, the client or the status.
    void setText(const QString &text);
    void setErrorsOnly(bool on);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    RequestModel *m_model;
    QStringList m_words;
    bool m_errorsOnly = false;
};

} // namespace quarry::widgets
