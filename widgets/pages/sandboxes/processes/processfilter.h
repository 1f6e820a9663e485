// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which processes the table shows, and in which order.
#pragma once

#include "widgets/common/wordfilter.h"
#include "widgets/pages/sandboxes/processes/processmodel.h"

namespace quarry::widgets {

// Every word must be in the command, the name, the user or the state, or be the pid.
class ProcessFilter : public WordFilter
{
    Q_OBJECT
public:
    explicit ProcessFilter(ProcessModel *model, QObject *parent = nullptr);

    int sourceRow(int row) const { return mapToSource(index(row, 0)).row(); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    ProcessModel *m_model;
};

} // namespace quarry::widgets
