// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the chosen sandbox is, and why it ended.
#pragma once

#include "sandbox/sandboxinfo.h"

#include <QScrollArea>

namespace quarry::widgets {

class PropertyList;

class OverviewTab : public QScrollArea
{
    Q_OBJECT
public:
    explicit OverviewTab(QWidget *parent = nullptr);

    void show(const sandbox::SandboxInfo &info,
              const std::optional<sandbox::SandboxStatistics> &use);

private:
    PropertyList *m_list;
};

} // namespace quarry::widgets
