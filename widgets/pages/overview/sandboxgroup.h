// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The sandboxes of one kind, as the overview lists them.
#pragma once

#include "widgets/models/sandboxmodel.h"

#include <QSortFilterProxyModel>

namespace quarry::widgets {

class SandboxGroup : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    enum Kind { Living, Failed };

    // MODEL lives as long. The youngest first.
    SandboxGroup(SandboxModel &model, Kind kind, QObject *parent = nullptr);

    QString idAt(int row) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    SandboxModel &m_model;
    Kind m_kind;
};

} // namespace quarry::widgets
