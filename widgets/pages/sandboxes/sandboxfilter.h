// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which sandboxes the table shows, and in which order.
#pragma once

#include "widgets/common/wordfilter.h"
#include "widgets/models/sandboxmodel.h"

namespace quarry::widgets {

// Every word must be in the id, the image, the state or the owner.
class SandboxFilter : public WordFilter
{
    Q_OBJECT
public:
    enum Group { All, Running, Failed };

    explicit SandboxFilter(SandboxModel *model, QObject *parent = nullptr);

    void setGroup(Group group);

    QString idAt(int row) const;
    int rowOf(const QString &id) const; // -1: not shown

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    SandboxModel *m_model;
    Group m_group = All;
};

} // namespace quarry::widgets
