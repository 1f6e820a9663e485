// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The notices that are open, below the top bar.
#pragma once

#include "widgets/common/notices.h"

#include <QHash>
#include <QWidget>

class QVBoxLayout;

namespace quarry::widgets {

class NoticeBar : public QWidget
{
    Q_OBJECT
public:
    // NOTICES must live as long.
    explicit NoticeBar(Notices *notices, QWidget *parent = nullptr);

private:
    void open(NoticeId id);
    void close(NoticeId id);

    Notices *m_notices;
    QVBoxLayout *m_column;
    QHash<NoticeId, QWidget *> m_rows;
};

} // namespace quarry::widgets
