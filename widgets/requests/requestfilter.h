// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which requests the table shows.
#pragma once

#include "widgets/common/wordfilter.h"
#include "widgets/requests/requestmodel.h"

namespace quarry::widgets {

// Every word must be in the method, the path, the client or the status.
class RequestFilter : public WordFilter
{
    Q_OBJECT
public:
    explicit RequestFilter(RequestModel *model, QObject *parent = nullptr);

    void setErrorsOnly(bool on);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    RequestModel *m_model;
    bool m_errorsOnly = false;
};

} // namespace quarry::widgets
